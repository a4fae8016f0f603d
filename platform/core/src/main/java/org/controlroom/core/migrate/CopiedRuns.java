package org.controlroom.core.migrate;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.controlroom.core.model.ExperimentRun;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Runs that were copied from another registry, where they had other ids. */
public final class CopiedRuns {

    /** Tag of a copied run: its id where it came from. */
    static final String SOURCE_TAG = "migrated.run_id";

    private CopiedRuns() {}

    /**
     * The run with this id, or the one that was copied from a run with this id.
     *
     * @throws ControlRoomException NOT_FOUND
     */
    public static ExperimentRun find(ModelRegistry registry, String id) {
        try {
            return registry.run(id);
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            return copyOf(registry, id).orElseThrow(() -> e);
        }
    }

    /** The run with just this id; empty when there is none, as with the empty id of a version without a run. */
    static Optional<ExperimentRun> ifThere(ModelRegistry registry, String id) {
        if (id.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(registry.run(id));
        } catch (ControlRoomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The run that was copied from a run with this id. */
    static Optional<ExperimentRun> copyOf(ModelRegistry registry, String id) {
        return registry
                .runs(new PageRequest(new TreeMap<>(Map.of("tags." + SOURCE_TAG, id)), null, null, 1))
                .items()
                .stream()
                .findFirst();
    }
}

package org.controlroom.core.port;

import java.util.Optional;
import org.controlroom.core.model.DatasetSides;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;

/**
 * Dataset versions, and the side of the split on which each product stands for good. Thread-safe.
 *
 * <p>Every method throws {@link org.controlroom.spi.ControlRoomException} DATABASE_UNAVAILABLE when the database does not
 * answer.
 */
public interface DatasetVersions {

    /** @param split names seed and test fraction; every split has sides of its own */
    DatasetSides sides(String split);

    /**
     * Remembers a version and the sides of its products, in one step. A version that is there is left as it is, and so is
     * the side of a product that has one.
     */
    void save(DatasetVersion version, String split, DatasetSides added);

    /** Says where the registry has it. */
    void logged(String id, String registryRun);

    Optional<DatasetVersion> find(String id);

    /** Newest first. Filters: {@code hash}, {@code run_id}. */
    Page<DatasetVersion> list(PageRequest request);
}

package org.controlroom.core.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.port.Deployments;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** A deployment history that keeps each entry as one line, or is out of order. */
public final class FakeDeployments implements Deployments {

    private final List<String> entries = new ArrayList<>();
    private boolean reachable = true;

    public void reachable(boolean now) {
        reachable = now;
    }

    /** Version, action, actor and reason of each entry, oldest first. */
    public List<String> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void began(String model, String version, Instant at, String action, String actor, String reason) {
        if (!reachable) {
            throw new ControlRoomException(ErrorCode.DATABASE_UNAVAILABLE, "the history is switched off");
        }
        if (!entries.isEmpty() && entries.get(entries.size() - 1).startsWith(version + " ")) {
            return;
        }
        entries.add(version + " " + action + " by " + actor + ": " + reason);
    }

    @Override
    public Page<org.controlroom.core.model.Deployment> deployments(PageRequest request) {
        throw new UnsupportedOperationException();
    }
}

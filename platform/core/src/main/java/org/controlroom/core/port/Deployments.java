package org.controlroom.core.port;

import java.time.Instant;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;

/**
 * What was live from when to when, who put it there and why. Kept for good. Thread-safe.
 *
 * <p>Every method throws {@link org.controlroom.spi.ControlRoomException} DATABASE_UNAVAILABLE when the database does not
 * answer.
 */
public interface Deployments {

    /**
     * A version has become the one that serves: ends the time of the one before, in one step. Nothing happens when the
     * newest entry says the same version already.
     *
     * @param action {@link Deployment#PROMOTED} or {@link Deployment#ROLLED_BACK}
     */
    void began(String model, String version, Instant at, String action, String actor, String reason);

    /** Newest first. Filters: {@code model}, {@code version}, {@code action}. */
    Page<Deployment> deployments(PageRequest request);
}

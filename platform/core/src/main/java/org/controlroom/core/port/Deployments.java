package org.controlroom.core.port;

import java.time.Instant;
import java.util.Optional;
import org.controlroom.core.model.DeployedVersion;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.NodeDeployment;
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
     * newest entry says the same version already, but that an entry of an earlier release learns the version's identity.
     *
     * @param action {@link Deployment#PROMOTED} or {@link Deployment#ROLLED_BACK}
     */
    void began(DeployedVersion deployed, Instant at, String action, String actor, String reason);

    /** Newest first. Filters: {@code model}, {@code version}, {@code action}. */
    Page<Deployment> deployments(PageRequest request);

    /** The entry without an end; empty when nothing was put into production yet. */
    Optional<Deployment> serving(String model);

    /**
     * A node answers with a version: says so again when its newest entry has the same version and no end, else ends that one
     * and begins another. Actor and reason are those of the version's newest entry among {@link #deployments}.
     *
     * @param since when the node began to answer with the version
     * @param seenAt now
     * @param cause see {@link NodeDeployment#cause()}
     * @param first whether this is the node's first word since it started: an entry without an end is then what the process
     *     before left, and ends as lost at the time it was seen last
     */
    void answers(String node, DeployedVersion deployed, Instant since, Instant seenAt, String cause, boolean first);

    /** The node ends and says so; nothing happens when it has no entry without an end. */
    void stopped(String node, String model, Instant at);

    /** Newest first. Filters: {@code node}, {@code model}, {@code version}, {@code cause}. */
    Page<NodeDeployment> onNodes(PageRequest request);
}

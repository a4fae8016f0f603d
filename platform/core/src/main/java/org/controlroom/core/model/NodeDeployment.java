package org.controlroom.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time during which one node answered with a version of a model.
 *
 * @param id ascending with time
 * @param node name of the node
 * @param model registered model
 * @param version number, as text
 * @param since when the node began to answer with it
 * @param until when it ended; null while it answers. When the node ended without a word, the time it was seen last
 * @param seenAt when the node said last that it answers with it
 * @param cause why the node changed: {@code promoted}, {@code rolled_back}, {@code followed} when it was put into
 *     production elsewhere, {@code started} when the node came up with it
 * @param end why it ended: {@code replaced}, {@code stopped}, or {@code lost} when the node was gone; null while it answers
 * @param actor who or what put the version into production, see {@link Deployment#actor()}
 * @param reason why, for people
 * @param replaced version that this node answered with before; null when none
 * @param identity see {@link DeployedVersion#identity()}; null for an entry of an earlier release
 * @param registry address of the registry that the version was in; null for an entry of an earlier release
 * @param registered whether the registry in use has this very version; null when that is not known
 */
public record NodeDeployment(
        long id,
        String node,
        String model,
        String version,
        Instant since,
        @Nullable Instant until,
        Instant seenAt,
        String cause,
        @Nullable String end,
        String actor,
        String reason,
        @Nullable String replaced,
        @Nullable String identity,
        @Nullable String registry,
        @Nullable Boolean registered) {

    public static final String FOLLOWED = "followed";
    public static final String STARTED = "started";

    /** The same with what was found out about the registry in use. */
    public NodeDeployment registered(@Nullable Boolean known) {
        return new NodeDeployment(
                id, node, model, version, since, until, seenAt, cause, end, actor, reason, replaced, identity, registry,
                known);
    }
}

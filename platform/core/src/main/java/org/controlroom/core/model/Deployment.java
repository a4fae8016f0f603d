package org.controlroom.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One time during which a version of a model was the one that serves.
 *
 * @param id ascending with time
 * @param model registered model
 * @param version number, as text
 * @param since when it became the one that serves
 * @param until when another took its place; null while it serves
 * @param action {@code promoted} or {@code rolled_back}
 * @param actor who or what put it there: a user's name, {@code api} for a caller without one, a pipeline run as
 *     {@code train-model run-00000003}, or {@link #REGISTRY}
 * @param reason why, for people
 * @param replaced version that served before; null when none did
 * @param identity see {@link DeployedVersion#identity()}; null for an entry of an earlier release
 * @param registry address of the registry that the version was in; null for an entry of an earlier release
 * @param registered whether the registry in use has this very version; null when that is not known
 */
public record Deployment(
        long id,
        String model,
        String version,
        Instant since,
        @Nullable Instant until,
        String action,
        String actor,
        String reason,
        @Nullable String replaced,
        @Nullable String identity,
        @Nullable String registry,
        @Nullable Boolean registered) {

    public static final String PROMOTED = "promoted";
    public static final String ROLLED_BACK = "rolled_back";

    /** The actor when somebody moved the alias in the registry itself. */
    public static final String REGISTRY = "registry";

    /** The same with what was found out about the registry in use. */
    public Deployment registered(@Nullable Boolean known) {
        return new Deployment(
                id, model, version, since, until, action, actor, reason, replaced, identity, registry, known);
    }
}

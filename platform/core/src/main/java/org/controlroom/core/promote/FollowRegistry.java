package org.controlroom.core.promote;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.NodeDeployment;
import org.controlroom.core.model.Stage;
import org.controlroom.core.port.Deployments;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.predict.LiveModel;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Makes this node answer with the version that the registry's alias {@code production} names, whoever moved it: another
 * node, or somebody in the registry itself. To be called again and again; thread-safe.
 */
public final class FollowRegistry {

    private static final System.Logger LOG = System.getLogger(FollowRegistry.class.getName());

    /** A promotion of ours writes its tags, then the alias, then the history; this is more than it takes. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(60);

    /** A version that cannot be loaded is not tried at every look. */
    private static final Duration RETRY = Duration.ofMinutes(5);

    private final ModelRegistry registry;
    private final ActivateModel activation;
    private final PromoteModel promotion;
    private final Deployments deployments;
    private final NodeHistory nodes;
    private final LiveModels live;
    private final InstantSource clock;

    private volatile @Nullable Look last;

    /** Version that could not be activated, and when it is tried again. Guarded by this. */
    private String failedVersion = "";

    private Instant retryAt = Instant.MIN;

    public FollowRegistry(
            ModelRegistry registry,
            ActivateModel activation,
            PromoteModel promotion,
            Deployments deployments,
            NodeHistory nodes,
            LiveModels live,
            InstantSource clock) {
        this.registry = registry;
        this.activation = activation;
        this.promotion = promotion;
        this.deployments = deployments;
        this.nodes = nodes;
        this.live = live;
        this.clock = clock;
        promotion.watch(promoted -> last = new Look(clock.instant(), promoted.version(), null));
    }

    /**
     * What one look at the registry found.
     *
     * @param at when
     * @param production version that the alias names; null when none has it, or the registry did not answer
     * @param problem why this node does not answer with it; null when it does
     */
    public record Look(
            Instant at,
            @Nullable String production,
            @Nullable String problem) {}

    /** The newest look, or the promotion made here since; empty before the first. */
    public Optional<Look> last() {
        return Optional.ofNullable(last);
    }

    /** Whether this node answers with the version that the registry names; empty while that is not known. */
    public Optional<Boolean> follows() {
        Look look = last;
        if (look == null || look.production() == null || !live.canServe()) {
            return Optional.empty();
        }
        LiveModel now = live.live().orElse(null);
        boolean same = now != null && now.version().version().equals(look.production());
        // A look from before this node changed its version says nothing about the new one.
        return !same && now != null && now.activatedAt().isAfter(look.at()) ? Optional.empty() : Optional.of(same);
    }

    /**
     * Looks once, and follows. Does not throw; {@link #last()} says what was found.
     *
     * @param asked whether somebody says that the registry has changed, so that what failed before is tried again at once
     */
    public synchronized void look(boolean asked) {
        if (asked) {
            retryAt = Instant.MIN;
        }
        promotion.undisturbed(this::follow);
        nodes.note(NodeDeployment.FOLLOWED);
    }

    private void follow() {
        ModelVersion wanted = null;
        try {
            wanted = registry.production(ModelVersion.CLASSIFIER).orElse(null);
            if (wanted == null) {
                last = new Look(clock.instant(), null, null);
                return;
            }
            boolean other = live.canServe() && !isLive(wanted);
            if (other) {
                if (wanted.version().equals(failedVersion) && clock.instant().isBefore(retryAt)) {
                    return; // what the last look said stands
                }
                wanted = wanted.withStage(Stage.PRODUCTION); // the registry's own follows the alias only later
                activation.activate(wanted);
                LOG.log(System.Logger.Level.INFO, "following the registry: version " + wanted.version() + " answers");
            }
            failedVersion = "";
            activation.refresh(wanted);
            if (complete(wanted)) {
                activation.refresh(registry.version(wanted.name(), wanted.version()));
            }
            last = new Look(clock.instant(), wanted.version(), null);
        } catch (ControlRoomException e) {
            if (wanted != null && live.canServe() && !isLive(wanted)) {
                failedVersion = wanted.version();
                retryAt = clock.instant().plus(RETRY);
            }
            last = new Look(clock.instant(), wanted == null ? null : wanted.version(), e.getMessage());
        }
    }

    /** A node that came up without the registry may answer with a version of the same number of another registry. */
    private boolean isLive(ModelVersion version) {
        return live.live()
                .filter(now -> VersionIdentity.same(now.version(), version))
                .isPresent();
    }

    /** Puts into the history what is not there, under the name of whoever did it. @return whether anything was changed */
    private boolean complete(ModelVersion wanted) {
        Deployment known = deployments.serving(wanted.name()).orElse(null);
        if (known != null && known.version().equals(wanted.version())) {
            if (known.identity() == null) {
                promotion.identify(wanted);
                promotion.completeHistory(wanted, known.reason(), known.actor());
                return true;
            }
            if (known.identity().equals(VersionIdentity.of(wanted))) {
                return false;
            }
        }
        Instant decided = promotedAt(wanted);
        if (decided != null && (known == null || decided.isAfter(known.since()))) {
            if (clock.instant().isAfter(decided.plus(UNDER_WAY))) {
                // Whoever promoted it was ended before it could write that down.
                promotion.completeHistory(
                        wanted,
                        wanted.tags().getOrDefault(PromoteModel.REASON_TAG, "?"),
                        wanted.tags().getOrDefault(PromoteModel.ACTOR_TAG, "?"));
            }
            return false;
        }
        if (known == null || isHere(known)) {
            promotion.adopt(wanted, known == null ? null : known.version());
        } else if (decided == null) {
            promotion.adopt(wanted, null);
        } else {
            promotion.takeUp(wanted);
        }
        return true;
    }

    /** Whether the registry has the version that was live; another may have been in use then. */
    private boolean isHere(Deployment known) {
        try {
            ModelVersion same = registry.version(known.model(), known.version());
            return known.identity() == null || known.identity().equals(VersionIdentity.of(same));
        } catch (ControlRoomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** When a promotion of ours decided for the version; null when none did. */
    private static @Nullable Instant promotedAt(ModelVersion version) {
        if (!"promoted".equals(version.tags().get(PromoteModel.DECISION_TAG))) {
            return null;
        }
        try {
            return Instant.parse(version.tags().getOrDefault(PromoteModel.TIME_TAG, ""));
        } catch (DateTimeException e) {
            return null;
        }
    }
}

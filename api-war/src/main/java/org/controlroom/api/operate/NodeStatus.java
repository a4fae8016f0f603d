package org.controlroom.api.operate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.controlroom.core.model.CatalogueTotals;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.NodeRole;
import org.controlroom.core.model.NodeRoles;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.predict.LiveModel;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.spi.ControlRoomException;
import org.jspecify.annotations.Nullable;

/** How this node is: asked anew each time, for health checks and the status route alike. Thread-safe. */
public final class NodeStatus {

    private final NodeRoles roles;
    private final LiveModels models;
    private final ModelRegistry registry;
    private final Catalogue catalogue;
    private final InstantSource clock;
    private final Instant startedAt;

    public NodeStatus(
            NodeRoles roles, LiveModels models, ModelRegistry registry, Catalogue catalogue, InstantSource clock) {
        this.roles = roles;
        this.models = models;
        this.registry = registry;
        this.catalogue = catalogue;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** The whole status; asks registry and database. */
    public Status status() {
        Model model = model();
        Registry reached = registry();
        Database database = database();
        String overall = serves() && !model.loaded()
                ? "unhealthy"
                : reached.reachable() && database.reachable() ? "healthy" : "degraded";
        Instant now = clock.instant();
        long uptime = Duration.between(startedAt, now).toSeconds();
        return new Status(overall, now, startedAt, uptime, roles.names(), model, reached, database);
    }

    /** Whether this node answers predictions, or would with a model. */
    public boolean serves() {
        return roles.has(NodeRole.SERVE);
    }

    /** The live model, without asking anybody. */
    public Model model() {
        LiveModel live = models.live().orElse(null);
        LiveModels.ActivationFailure failure = models.failure().orElse(null);
        Failure lastFailure = failure == null
                ? null
                : new Failure(failure.version(), failure.code().name(), failure.reason(), failure.time());
        if (live == null) {
            return new Model(models.isServing(), ModelVersion.CLASSIFIER, null, null, null, List.of(), 0, lastFailure);
        }
        return new Model(
                true,
                live.version().name(),
                live.version().version(),
                live.stage(),
                live.activatedAt(),
                live.model().plugins(),
                live.model().labels().size(),
                lastFailure);
    }

    /** Whether the registry answers now. */
    public Registry registry() {
        try {
            registry.ping();
            return new Registry(true, registry.address(), null);
        } catch (ControlRoomException e) {
            return new Registry(false, registry.address(), e.getMessage());
        }
    }

    private Database database() {
        try {
            CatalogueTotals totals = catalogue.totals();
            return new Database(true, totals.products(), totals.labelled(), null);
        } catch (ControlRoomException e) {
            return new Database(false, null, null, e.getMessage());
        }
    }

    /**
     * The node.
     *
     * @param status healthy; degraded when registry or database do not answer; unhealthy when no model does on a node that
     *     serves
     * @param roles what the node does: serve, pipelines
     */
    public record Status(
            String status,
            Instant time,
            Instant startedAt,
            long uptimeSeconds,
            List<String> roles,
            Model model,
            Registry registry,
            Database database) {}

    /**
     * The model that serves.
     *
     * @param loaded whether predictions are answered
     * @param version null while no model is live
     * @param plugins plugin versions that run it
     * @param labels product type codes it knows
     * @param lastFailure why the last activation failed; null when it did not
     */
    public record Model(
            boolean loaded,
            String name,
            @Nullable String version,
            @Nullable String stage,
            @Nullable Instant activatedAt,
            List<String> plugins,
            int labels,
            @Nullable Failure lastFailure) {}

    /** An activation that failed. */
    public record Failure(String version, String code, String reason, Instant time) {}

    /**
     * The model registry.
     *
     * @param error why it is not reachable; null when it is
     */
    public record Registry(
            boolean reachable, String address, @Nullable String error) {}

    /**
     * The catalogue's database.
     *
     * @param products null when not reachable
     * @param error why it is not reachable; null when it is
     */
    public record Database(
            boolean reachable,
            @Nullable Long products,
            @Nullable Long labelled,
            @Nullable String error) {}
}

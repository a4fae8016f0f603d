package org.controlroom.api.operate;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.controlroom.core.model.CatalogueTotals;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.NodeRole;
import org.controlroom.core.model.NodeRoles;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.predict.LiveModel;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.promote.FollowRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** How this node is: asked anew each time, for health checks and the status route alike. Thread-safe. */
public final class NodeStatus {

    /** As the alert DiskFullSoon: a full disk stops predictions, because each is logged first. */
    private static final long DISK_FULL_BYTES = 1_000_000_000L;

    /** As the alert DiskNearlyFull, which wants both: less than this, and less than the share below. */
    private static final long DISK_LOW_BYTES = 20_000_000_000L;

    private static final double DISK_LOW_SHARE = 0.1;

    private final NodeRoles roles;
    private final LiveModels models;
    private final ModelRegistry registry;
    private final Catalogue catalogue;
    private final Runnable askJobs;
    private final Supplier<Optional<String>> registryProblem;
    private final Supplier<Optional<String>> registryDamage;
    private final FollowRegistry follow;
    private final WebhookDeliveries webhooks = new WebhookDeliveries();
    private final Plugins plugins;
    private final Path dataFolder;
    private final InstantSource clock;
    private final Instant startedAt;

    /**
     * @param askJobs asks the job repository something; throws a ControlRoomException when it does not answer
     * @param registryProblem why the registry does not answer, as far as it is known; not asked here, because it may be
     *     slow to answer
     * @param registryDamage what of the live version is damaged in the registry, as far as it is known
     * @param follow looks at what the registry has in production
     */
    public NodeStatus(
            NodeRoles roles,
            LiveModels models,
            ModelRegistry registry,
            Catalogue catalogue,
            Runnable askJobs,
            Supplier<Optional<String>> registryProblem,
            Supplier<Optional<String>> registryDamage,
            FollowRegistry follow,
            Plugins plugins,
            Path dataFolder,
            InstantSource clock) {
        this.roles = roles;
        this.models = models;
        this.registry = registry;
        this.catalogue = catalogue;
        this.askJobs = askJobs;
        this.registryProblem = registryProblem;
        this.registryDamage = registryDamage;
        this.follow = follow;
        this.plugins = plugins;
        this.dataFolder = dataFolder;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** When the registry called last; to be told by whoever takes its calls. */
    public WebhookDeliveries webhooks() {
        return webhooks;
    }

    /** The whole status; asks the database. */
    public Status status() {
        Model model = model();
        Registry reached = registry();
        Database database = database();
        JobRepository jobs = jobRepository();
        boolean all = reached.isWell() && database.reachable() && jobs.reachable();
        String overall = serves() && !model.loaded() ? "unhealthy" : all ? "healthy" : "degraded";
        Instant now = clock.instant();
        long uptime = Duration.between(startedAt, now).toSeconds();
        return new Status(
                overall, now, startedAt, uptime, roles.names(), model, reached, database, jobs, extensions(), disk());
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
            return new Model(
                    models.isServing(),
                    ModelVersion.CLASSIFIER,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    0,
                    Map.of(),
                    Map.of(),
                    lastFailure);
        }
        return new Model(
                true,
                live.version().name(),
                live.version().version(),
                live.version().runId(),
                live.stage(),
                live.version().createdAt(),
                live.activatedAt(),
                live.model().plugins(),
                live.model().labels().size(),
                live.model().manifest().figures(),
                live.model().manifest().provenance(),
                lastFailure);
    }

    /** Whether the registry answered when it was asked last, a few seconds ago, and what was found in it last. */
    public Registry registry() {
        String problem = registryProblem.get().orElse(null);
        String damage = registryDamage.get().orElse(null);
        FollowRegistry.Look look = follow.last().orElse(null);
        String production = look == null ? null : look.production();
        Instant lookedAt = look == null ? null : look.at();
        Reason notFollowed = look != null && follow.follows().equals(Optional.of(false)) ? notFollowed(look) : null;
        return new Registry(
                registry.kind(),
                problem == null,
                registry.address(),
                problem,
                damage,
                production,
                lookedAt,
                notFollowed == null ? null : notFollowed.text(),
                notFollowed,
                webhooks.last());
    }

    private static Reason notFollowed(FollowRegistry.Look look) {
        return look.problem() == null
                ? Reason.of(
                        "not-followed-yet",
                        "the registry has version {0} in production, and this node does not answer with it; it will at the"
                                + " next look",
                        look.production())
                : Reason.of(
                        "not-followed",
                        "the registry has version {0} in production, and this node does not answer with it: {1}",
                        look.production(),
                        look.problem());
    }

    /** Whether the job repository answers now; a node that runs no pipelines needs none. */
    public JobRepository jobRepository() {
        if (!roles.has(NodeRole.PIPELINES)) {
            return new JobRepository(true, null);
        }
        try {
            askJobs.run();
            return new JobRepository(true, null);
        } catch (ControlRoomException e) {
            return new JobRepository(false, e.getMessage());
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

    private Extensions extensions() {
        int active = 0;
        int stopped = 0;
        List<FailedPlugin> failed = new ArrayList<>();
        for (PluginState plugin : plugins.list()) {
            switch (plugin.status()) {
                case ACTIVE -> active++;
                case STOPPED -> stopped++;
                case FAILED -> failed.add(new FailedPlugin(plugin.id(), plugin.version(), plugin.reason()));
            }
        }
        return new Extensions(active, stopped, failed);
    }

    private Disk disk() {
        File folder = dataFolder.toFile();
        return Disk.of(dataFolder.toString(), folder.getUsableSpace(), folder.getTotalSpace());
    }

    /**
     * The node.
     *
     * @param status healthy; degraded when registry, database or job repository do not answer, the registry's
     *     artifact is damaged, or another version is in production there; unhealthy when no model answers on a node that serves
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
            Database database,
            JobRepository jobRepository,
            Extensions plugins,
            Disk disk) {}

    /**
     * The installed plugins.
     *
     * @param active usable
     * @param stopped on request
     */
    public record Extensions(int active, int stopped, List<FailedPlugin> failed) {}

    /** A plugin that cannot work, and why. */
    public record FailedPlugin(String id, String version, String reason) {}

    /**
     * The disk of the data folder.
     *
     * @param freeBytes what this process can still write
     * @param lowBelowBytes when less is free, somebody should make room
     * @param fullBelowBytes when less is free, somebody must make room now
     */
    public record Disk(String folder, long freeBytes, long sizeBytes, long lowBelowBytes, long fullBelowBytes) {

        static Disk of(String folder, long freeBytes, long sizeBytes) {
            long low = Math.min(DISK_LOW_BYTES, (long) (DISK_LOW_SHARE * sizeBytes));
            return new Disk(folder, freeBytes, sizeBytes, low, DISK_FULL_BYTES);
        }
    }

    /**
     * The model that serves.
     *
     * @param loaded whether predictions are answered
     * @param version null while no model is live
     * @param runId the registry's run that made it; null while no model is live
     * @param registeredAt when this version was registered
     * @param plugins plugin versions that run it
     * @param labels product type codes it knows
     * @param figures what was measured of it before it was registered, as its own files have it: known without the registry
     * @param provenance where it comes from, from the same files
     * @param lastFailure why the last activation failed; null when it did not
     */
    public record Model(
            boolean loaded,
            String name,
            @Nullable String version,
            @Nullable String runId,
            @Nullable String stage,
            @Nullable Instant registeredAt,
            @Nullable Instant activatedAt,
            List<String> plugins,
            int labels,
            Map<String, Double> figures,
            Map<String, String> provenance,
            @Nullable Failure lastFailure) {}

    /** An activation that failed. */
    public record Failure(String version, String code, String reason, Instant time) {}

    /**
     * The model registry.
     *
     * @param kind which one: embedded or mlflow
     * @param error why it is not reachable; null when it is
     * @param damage what of the live version's artifact is damaged in it, and what to do; null when nothing is known
     * @param production version that its alias {@code production} named at the last look; null when none did
     * @param lookedAt when that was; null before the first look
     * @param notFollowed why this node does not answer with that version; null when it does
     * @param notFollowedReason the same for other languages
     * @param webhook when the registry's webhooks came last to this node, since its start
     */
    public record Registry(
            String kind,
            boolean reachable,
            String address,
            @Nullable String error,
            @Nullable String damage,
            @Nullable String production,
            @Nullable Instant lookedAt,
            @Nullable String notFollowed,
            @Nullable Reason notFollowedReason,
            WebhookDeliveries.Last webhook) {

        /** Whether it answers, and this node answers with what it has in production. */
        boolean isWell() {
            return reachable && damage == null && notFollowed == null;
        }
    }

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

    /**
     * Where the batch runtime keeps its jobs; without it no pipeline starts.
     *
     * @param error why it is not reachable; null when it is
     */
    public record JobRepository(boolean reachable, @Nullable String error) {}
}

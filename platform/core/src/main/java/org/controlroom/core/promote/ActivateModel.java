package org.controlroom.core.promote;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.Telemetry;
import org.controlroom.core.predict.LiveModel;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.predict.LiveModels.ActivationFailure;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Makes a version live on this node: fetch, check, load, try, warm up, swap. When any of it fails, the old model stays
 * live and {@link LiveModels#failure()} says why. Thread-safe; one activation at a time.
 */
public final class ActivateModel {

    /** Tag of a version: SHA-256 of its manifest, which has those of all other files. */
    public static final String MANIFEST_TAG = "artifact.manifest_sha256";

    private static final System.Logger LOG = System.getLogger(ActivateModel.class.getName());
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final ModelRegistry registry;
    private final ModelLoader loader;
    private final LiveModels live;
    private final Telemetry telemetry;
    private final InstantSource clock;
    private final ModelCache cache;

    /** What of the live version is damaged in the registry; null when nothing is, as far as it was looked at. */
    private volatile @Nullable String registryDamage;

    /** Version out of service while its plugin is replaced in place. Guarded by this. */
    private @Nullable ModelVersion suspended;

    /** What a restart without the registry would find, as far as this process wrote it. Guarded by this. */
    private @Nullable ModelVersion remembered;

    /** @param cacheFolder where copies of artifacts are kept; made when missing */
    public ActivateModel(
            ModelRegistry registry,
            ModelLoader loader,
            LiveModels live,
            Telemetry telemetry,
            Path cacheFolder,
            InstantSource clock) {
        this.registry = registry;
        this.loader = loader;
        this.live = live;
        this.telemetry = telemetry;
        this.clock = clock;
        this.cache = new ModelCache(cacheFolder, registry, loader.takeOver());
    }

    /**
     * Brings up the version with alias {@code production}, or does nothing when it is live already: at start, and
     * whenever the registry may have changed. A registry that does not answer, or whose version cannot be loaded, is no
     * obstacle as long as a local copy of the version that was live last is there. Does not throw for a model that cannot
     * be loaded; {@link LiveModels#failure()} says why.
     *
     * @return whether a version serves
     */
    public synchronized boolean restore() {
        ModelVersion wanted;
        try {
            Optional<ModelVersion> production = registry.production(ModelVersion.CLASSIFIER);
            if (production.isEmpty()) {
                return false;
            }
            wanted = production.get();
        } catch (ControlRoomException e) {
            Optional<ModelVersion> last = cache.remembered(ModelVersion.CLASSIFIER);
            if (last.isEmpty()) {
                failed("?", e);
                return false;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "registry does not answer, so the local copy serves: " + e.getMessage());
            wanted = last.get();
        }
        if (live.live().map(now -> now.version().version()).equals(Optional.of(wanted.version()))) {
            refresh(wanted);
            return true;
        }
        try {
            activate(wanted);
            return true;
        } catch (ControlRoomException e) {
            return restoreLast(wanted);
        }
    }

    /** What was live before is better than nothing while the version that should be cannot be loaded. */
    private boolean restoreLast(ModelVersion wanted) {
        ActivationFailure why = live.failure().orElse(null);
        ModelVersion last = cache.remembered(ModelVersion.CLASSIFIER)
                .filter(each -> !each.version().equals(wanted.version()))
                .orElse(null);
        if (last == null || !live.canServe() || live.live().isPresent()) {
            return false;
        }
        try {
            activate(last);
        } catch (ControlRoomException e) {
            return false;
        } finally {
            if (why != null) {
                live.failed(why);
            }
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "version " + wanted.version() + " cannot be loaded, so version " + last.version()
                        + ", which was live last, serves");
        return true;
    }

    /**
     * The version with alias {@code production}, loaded and tried for a comparison and live nowhere, for a node that
     * serves none. The caller closes it.
     *
     * @return empty when no version is in production
     * @throws ControlRoomException as {@link #activate(ModelVersion)}
     */
    public synchronized Optional<Production> openProduction() {
        return registry.production(ModelVersion.CLASSIFIER)
                .map(version -> new Production(version, loader.load(cache.folder(version))));
    }

    /**
     * Any version, loaded for a comparison and live nowhere. The caller closes it.
     *
     * @throws ControlRoomException as {@link #activate(ModelVersion)}
     */
    public synchronized ServingModel open(ModelVersion version) {
        return loader.withoutWarmUp().load(cache.folder(version));
    }

    /** The version in production and its model. */
    public record Production(ModelVersion version, ServingModel model) implements AutoCloseable {
        @Override
        public void close() {
            model.close();
        }
    }

    /**
     * Makes the version live on this node only, from the local copy where there is a good one; {@link PromoteModel} is
     * the way that the registry knows of.
     *
     * @throws ControlRoomException ARTIFACT_INVALID, PLUGIN_MISSING, PLUGIN_FAILED, REGISTRY_UNAVAILABLE, STORAGE_FAILED
     */
    public synchronized void activate(ModelVersion version) {
        try {
            bringUp(version, UnaryOperator.identity());
        } catch (ControlRoomException e) {
            failed(version.version(), e);
            throw e;
        }
    }

    /**
     * The same for a version whose bytes in the registry are good too, with something to do in the registry between the
     * last check, after which nothing can fail here, and the swap.
     *
     * @param commit answers the version as it is afterwards; what it throws ends the activation
     * @return what it answered
     */
    synchronized ModelVersion activate(ModelVersion version, UnaryOperator<ModelVersion> commit) {
        try {
            if (!cache.holds(version)) {
                return bringUp(version, commit); // what is fetched is checked on its way
            }
            // The local copy may be good while the bytes that all other nodes will get are not.
            Meanwhile<Boolean> verified =
                    Meanwhile.begin("the check of the registry's files", () -> registry.verifyModel(version));
            try {
                return bringUp(version, tried -> {
                    verified.result();
                    return commit.apply(tried);
                });
            } finally {
                verified.abandon();
            }
        } catch (ControlRoomException e) {
            failed(version.version(), e);
            throw e;
        }
    }

    /** @return what {@code commit} answered */
    private ModelVersion bringUp(ModelVersion version, UnaryOperator<ModelVersion> commit) {
        List<String> running = live.live().map(now -> now.model().plugins()).orElse(List.of());
        ServingModel model = loader.load(cache.folder(version), running);
        ModelVersion committed;
        try {
            committed = commit.apply(version);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
        if (live.canServe()) {
            swap(model, committed);
        } else {
            // Tried all the same: what goes into production must work on the nodes that serve.
            model.close();
        }
        return committed;
    }

    /**
     * Reads the live version where the registry keeps it, which may be damaged while the local copy serves; to be called
     * now and then. Does not throw; {@link #registryDamage()} says what was found.
     */
    public void checkRegistry() {
        LiveModel now = live.live().orElse(null);
        if (now == null) {
            registryDamage = null;
            return;
        }
        try {
            registry.verifyModel(now.version());
            registryDamage = null;
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.ARTIFACT_INVALID && e.code() != ErrorCode.NOT_FOUND) {
                return; // could not look: what was found before stands
            }
            String found = "the registry's artifact of live version "
                    + now.version().version()
                    + " is damaged; this node serves its own good copy, others cannot fetch it: " + e.getMessage()
                    + "; put the file back from a backup, or train and promote another version";
            if (!found.equals(registryDamage)) {
                LOG.log(System.Logger.Level.WARNING, found);
            }
            registryDamage = found;
        }
    }

    /** What {@link #checkRegistry()} found damaged last; empty when nothing was. */
    public Optional<String> registryDamage() {
        return Optional.ofNullable(registryDamage);
    }

    private Optional<LiveModel> swap(ServingModel model, ModelVersion version) {
        Optional<LiveModel> before = live.swap(model, version, clock.instant());
        suspended = null;
        registryDamage = null;
        telemetry.modelLive(version.version(), version.stage().title());
        remember(version);
        return before;
    }

    /** Whether this node has nothing left to do for a version in production. */
    boolean isDone(ModelVersion version) {
        return !live.canServe()
                || live.live()
                        .filter(now -> now.version().version().equals(version.version()))
                        .isPresent();
    }

    private void remember(ModelVersion version) {
        try {
            cache.remember(version);
            remembered = version;
        } catch (ControlRoomException e) {
            // The model serves all the same; only a restart without the registry would not find it.
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    /** Shows a changed stage, alias or tag of the live version, after a restart without the registry too. */
    synchronized void refresh(ModelVersion changed) {
        LiveModel now = live.live().orElse(null);
        if (now == null || !now.version().version().equals(changed.version())) {
            return;
        }
        live.refresh(changed);
        telemetry.modelLive(changed.version(), changed.stage().title());
        if (!changed.equals(remembered)) {
            remember(changed);
        }
    }

    private void failed(String version, ControlRoomException e) {
        LOG.log(System.Logger.Level.WARNING, "model version " + version + " not activated: " + e.getMessage());
        live.failed(new ActivationFailure(version, e.code(), String.valueOf(e.getMessage()), clock.instant()));
    }

    /** Loads the live version again so that it runs on the new plugin version, and lets go of the old one. */
    synchronized void moveToPlugin(String pluginId, String oldVersion, String newVersion) {
        LiveModel before = live.live().orElse(null);
        if (before == null || !before.model().uses(pluginId, oldVersion)) {
            return;
        }
        ServingModel model = loader.load(cache.folder(before.version()));
        if (!model.uses(pluginId, newVersion)) {
            model.close();
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_IN_USE,
                    Reason.of(
                            "plugin-not-for-live",
                            "live model {0} {1} cannot use {2} {3}; install it beside {4} instead, and train a new model",
                            before.version().name(),
                            before.version().version(),
                            pluginId,
                            newVersion,
                            oldVersion));
        }
        swap(model, before.version());
        LiveModels.awaitDrained(before, DRAIN);
    }

    /** Lets calls wait and frees the plugin; {@link #returnFromPlugin} must follow. */
    synchronized void leavePlugin(String pluginId, String version) {
        LiveModel before = live.live().orElse(null);
        if (before == null || !before.model().uses(pluginId, version)) {
            return;
        }
        suspended = before.version();
        live.suspend();
        if (!LiveModels.awaitDrained(before, DRAIN)) {
            throw new ControlRoomException(
                    ErrorCode.OVERLOADED,
                    "calls on " + pluginId + " " + version + " did not end within " + DRAIN.toSeconds() + " s");
        }
    }

    /**
     * Loads the suspended version on whatever plugin version there is now, and lets the calls go on. When this fails it
     * may be called again, after the old plugin version has been put back; until then calls wait.
     */
    synchronized void returnFromPlugin() {
        ModelVersion version = suspended;
        if (version == null) {
            return;
        }
        try {
            activate(version);
        } catch (ControlRoomException e) {
            telemetry.modelLive(null, null);
            throw e;
        }
    }
}

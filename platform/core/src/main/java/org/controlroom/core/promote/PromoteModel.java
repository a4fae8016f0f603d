package org.controlroom.core.promote;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Stage;
import org.controlroom.core.port.Deployments;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Moves versions between stages, and says in their tags what was decided and why. A version goes to production only after
 * it has been loaded and tried; the alias moves between the last check and the swap. Thread-safe.
 */
public final class PromoteModel {

    /** Tag: {@code promoted}, {@code refused}, {@code held}, {@code rolled_back}, {@code archived} or {@code staged}. */
    public static final String DECISION_TAG = "promotion.decision";

    public static final String REASON_TAG = "promotion.reason";
    public static final String TIME_TAG = "promotion.time";

    /** Tag of a version that went into production: who or what put it there. */
    public static final String ACTOR_TAG = "promotion.actor";

    /** Tags of a version that somebody archived; they stay when it is promoted later. */
    public static final String ARCHIVE_REASON_TAG = "archive.reason";

    public static final String ARCHIVE_TIME_TAG = "archive.time";
    public static final String ARCHIVE_ACTOR_TAG = "archive.by";

    /** Tag: the version that was in production before this one. */
    public static final String REPLACED_TAG = "promotion.replaced";

    /** Aliases of a version that waits for somebody's decision. */
    private static final Set<String> WAITING = Set.of(ModelVersion.STAGING_ALIAS, ModelVersion.CHALLENGER_ALIAS);

    private static final System.Logger LOG = System.getLogger(PromoteModel.class.getName());

    private final ModelRegistry registry;
    private final ActivateModel activation;
    private final Deployments deployments;
    private final NodeHistory nodes;
    private final InstantSource clock;

    /** Is told each version that this node put into production, while none other can be. */
    private volatile Consumer<ModelVersion> watcher = promoted -> {};

    /** Version that this node put into production last, maybe after a request had read about it. Guarded by this. */
    private String lastPromoted = "";

    public PromoteModel(
            ModelRegistry registry,
            ActivateModel activation,
            Deployments deployments,
            NodeHistory nodes,
            InstantSource clock) {
        this.registry = registry;
        this.activation = activation;
        this.deployments = deployments;
        this.nodes = nodes;
        this.clock = clock;
    }

    /**
     * The version with this number, or with this alias.
     *
     * @throws ControlRoomException NOT_FOUND
     */
    public ModelVersion find(String versionOrAlias) {
        if (versionOrAlias.chars().allMatch(Character::isDigit)) {
            return registry.version(ModelVersion.CLASSIFIER, versionOrAlias);
        }
        return registry.versionByAlias(ModelVersion.CLASSIFIER, versionOrAlias)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND,
                        Reason.of(
                                "alias-unknown",
                                "model {0} has no version with alias '{1}'",
                                ModelVersion.CLASSIFIER,
                                versionOrAlias)));
    }

    /**
     * Puts a version into production and makes it live.
     *
     * @param versionOrAlias number or alias
     * @param reason for people; kept in the version's tags and in the deployment history
     * @param actor who or what asks for it, see {@link Deployment#actor()}
     * @throws ControlRoomException NOT_FOUND, and all of {@link ActivateModel#activate(ModelVersion)}; the version that
     *     was live stays live then
     */
    public synchronized ModelVersion promote(String versionOrAlias, String reason, String actor) {
        return intoProduction(find(versionOrAlias), reason, actor);
    }

    /**
     * The same because somebody asks for it, for a version that was {@linkplain #find found} before.
     *
     * @throws ControlRoomException also CONFLICT, when it is in production already for another reason: the history keeps
     *     the one it went there for. For the same reason it is done again, as after a kill.
     */
    public synchronized ModelVersion promote(ModelVersion found, String reason, String actor) {
        boolean older = found.version().equals(lastPromoted) && !isInProduction(found);
        ModelVersion candidate = older ? registry.version(found.name(), found.version()) : found;
        if (isInProduction(candidate)
                && activation.isDone(candidate)
                && !reason.equals(candidate.tags().get(REASON_TAG))) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "version-in-production",
                            "version {0} is in production already; must be another version",
                            candidate.version()));
        }
        return intoProduction(candidate, reason, actor);
    }

    private static boolean isInProduction(ModelVersion version) {
        return version.aliases().contains(ModelVersion.PRODUCTION_ALIAS);
    }

    private ModelVersion intoProduction(ModelVersion candidate, String reason, String actor) {
        Meanwhile<Optional<ModelVersion>> production = Meanwhile.begin(
                "the question for the version in production", () -> registry.production(ModelVersion.CLASSIFIER));
        Change change = new Change(Deployment.PROMOTED, actor, reason);
        ModelVersion promoted = activation.activate(candidate, version -> {
            Map<String, String> tags = new TreeMap<>(decision("promoted", reason));
            tags.putAll(VersionIdentity.missingTags(version));
            tags.put(ACTOR_TAG, actor);
            production
                    .result()
                    .filter(before -> !before.version().equals(version.version()))
                    .ifPresent(before -> tags.put(REPLACED_TAG, before.version()));
            return toProduction(version, tags, change);
        });
        lastPromoted = promoted.version();
        watcher.accept(promoted);
        nodes.note(Deployment.PROMOTED);
        return promoted;
    }

    /**
     * Puts the version that the one in production replaced back into production, and archives the other.
     *
     * @throws ControlRoomException CONFLICT as {@link #previous}; else as {@link #promote}
     */
    public synchronized ModelVersion rollBack(String reason, String actor) {
        RollBackTarget wanted = new RollBackTarget(registry, deployments);
        ModelVersion now = wanted.inProduction();
        ModelVersion target = wanted.replacedBy(now);
        Map<String, String> tags =
                new TreeMap<>(decision("promoted", "rolled back from version " + now.version() + ": " + reason));
        tags.putAll(VersionIdentity.missingTags(target));
        tags.put(ACTOR_TAG, actor);
        Change change = new Change(Deployment.ROLLED_BACK, actor, reason);
        ModelVersion back = activation.activate(target, version -> toProduction(version, tags, change));
        lastPromoted = back.version();
        watcher.accept(back);
        nodes.note(Deployment.ROLLED_BACK);
        registry.setVersionTags(now.name(), now.version(), decision("rolled_back", reason));
        return back;
    }

    /**
     * The version that a roll-back would bring back.
     *
     * @param registry where to look for it
     * @throws ControlRoomException CONFLICT when there is none, or the registry in use does not have it
     */
    public ModelVersion previous(ModelRegistry registry) {
        return new RollBackTarget(registry, deployments).find();
    }

    /** Why a version goes into production, as the history keeps it. */
    private record Change(String action, String actor, String reason) {}

    /** @return the version as it is in the registry then */
    private ModelVersion toProduction(ModelVersion version, Map<String, String> tags, Change change) {
        Meanwhile<Boolean> staged = Meanwhile.begin(
                "the change of the stage",
                () -> registry.setStage(version.name(), version.version(), Stage.PRODUCTION, true));
        try {
            registry.setVersionTags(version.name(), version.version(), tags);
        } finally {
            staged.result();
        }
        dropWaiting(version);
        // Last, because the alias is what all nodes follow: what fails before leaves the old version in service.
        registry.setAlias(version.name(), ModelVersion.PRODUCTION_ALIAS, version.version());
        remember(version, change);
        SortedSet<String> aliases = new TreeSet<>(version.aliases());
        aliases.removeAll(WAITING);
        aliases.add(ModelVersion.PRODUCTION_ALIAS);
        SortedMap<String, String> allTags = new TreeMap<>(version.tags());
        allTags.putAll(tags);
        return new ModelVersion(
                version.name(),
                version.version(),
                version.runId(),
                Stage.PRODUCTION,
                aliases,
                allTags,
                version.createdAt());
    }

    /** A version that serves or is put aside waits for nothing any more. */
    private void dropWaiting(ModelVersion version) {
        for (String alias : WAITING) {
            if (version.aliases().contains(alias)) {
                registry.deleteAlias(version.name(), alias);
            }
        }
    }

    /**
     * Writes into the deployment history what a kill right after a promotion kept from it. Nothing happens when it is there,
     * or when the version is not in production.
     */
    public synchronized void completeHistory(ModelVersion version, String reason, String actor) {
        if (isInProduction(version)) {
            remember(version, new Change(Deployment.PROMOTED, actor, reason));
        }
    }

    /** Who wants to know each version that this node puts into production; one only. */
    void watch(Consumer<ModelVersion> watching) {
        watcher = watching;
    }

    /** Does something while no version goes into production on this node. */
    synchronized void undisturbed(Runnable work) {
        work.run();
    }

    /**
     * Completes what somebody began by moving the alias in the registry itself: stage, tags, and the deployment history,
     * which says that the registry did it.
     *
     * @param before version of this registry that was in production, as the history has it; null when none was
     */
    synchronized void adopt(ModelVersion version, @Nullable String before) {
        String reason =
                "alias '" + ModelVersion.PRODUCTION_ALIAS + "' was moved in the registry at " + registry.address();
        Map<String, String> tags = new TreeMap<>(decision("promoted", reason));
        tags.putAll(VersionIdentity.missingTags(version));
        tags.put(ACTOR_TAG, Deployment.REGISTRY);
        if (before != null) {
            tags.put(REPLACED_TAG, before);
        }
        registry.setStage(version.name(), version.version(), Stage.PRODUCTION, true);
        dropWaiting(version);
        // After the stage: the time in them says that all before it is done.
        registry.setVersionTags(version.name(), version.version(), tags);
        began(version, new Change(Deployment.PROMOTED, Deployment.REGISTRY, reason));
    }

    /**
     * Says in the deployment history that the version serves because its registry has come into use, where it was in
     * production before.
     */
    synchronized void takeUp(ModelVersion version) {
        identify(version);
        String reason = "the registry at " + registry.address() + " has come into use and has it in production";
        began(version, new Change(Deployment.PROMOTED, Deployment.REGISTRY, reason));
    }

    /** Lets the version in production be recognised later, in another registry too, where an earlier release began it. */
    synchronized void identify(ModelVersion version) {
        Map<String, String> tags = VersionIdentity.missingTags(version);
        if (!tags.isEmpty()) {
            registry.setVersionTags(version.name(), version.version(), tags);
        }
    }

    private void began(ModelVersion version, Change change) {
        deployments.began(
                VersionIdentity.deployed(version, registry),
                clock.instant(),
                change.action,
                change.actor,
                change.reason);
    }

    private void remember(ModelVersion version, Change change) {
        try {
            began(version, change);
        } catch (ControlRoomException e) {
            // The alias has moved and all nodes follow it: stopping here would leave this one behind.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "version " + version.version() + " is in production, but not in the deployment history: "
                            + e.getMessage());
        }
    }

    /**
     * Writes down that a version stays out of production.
     *
     * @param challenger whether it gets the alias {@code challenger}
     */
    synchronized void refuse(String version, String reason, boolean challenger) {
        if (challenger) {
            registry.setAlias(ModelVersion.CLASSIFIER, ModelVersion.CHALLENGER_ALIAS, version);
        }
        // Last, because a training that finds them after a restart has nothing left to do.
        registry.setVersionTags(ModelVersion.CLASSIFIER, version, decision("refused", reason));
    }

    /** Moves a version that could go into production to Staging, where it waits for somebody. */
    synchronized void hold(String version, String reason) {
        moveTo(Stage.STAGING, "held", find(version), reason);
    }

    /**
     * @param actor who asks for it
     * @throws ControlRoomException NOT_FOUND, CONFLICT when the version is in production or archived already
     */
    public synchronized ModelVersion archive(String versionOrAlias, String reason, String actor) {
        ModelVersion version = find(versionOrAlias);
        if (version.stage() == Stage.ARCHIVED && !isInProduction(version)) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of("version-archived", "version {0} is archived already", version.version()));
        }
        requireAside(version, Stage.ARCHIVED);
        // First, because an archived version is not archived again, after a kill neither.
        registry.setVersionTags(
                version.name(),
                version.version(),
                Map.of(
                        ARCHIVE_REASON_TAG, reason,
                        ARCHIVE_TIME_TAG, clock.instant().toString(),
                        ARCHIVE_ACTOR_TAG, actor));
        return moveTo(Stage.ARCHIVED, "archived", version, reason);
    }

    /** @throws ControlRoomException NOT_FOUND, CONFLICT when the version is in production */
    public synchronized ModelVersion stage(String versionOrAlias, String reason) {
        return moveTo(Stage.STAGING, "staged", find(versionOrAlias), reason);
    }

    private static void requireAside(ModelVersion version, Stage stage) {
        if (isInProduction(version)) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "production-stays",
                            "version {0} is in production and cannot become {1}; promote another version first",
                            version.version(),
                            stage.title()));
        }
    }

    private ModelVersion moveTo(Stage stage, String decision, ModelVersion version, String reason) {
        requireAside(version, stage);
        registry.setStage(version.name(), version.version(), stage, false);
        if (stage == Stage.STAGING) {
            registry.setAlias(version.name(), ModelVersion.STAGING_ALIAS, version.version());
        } else {
            dropWaiting(version);
        }
        registry.setVersionTags(version.name(), version.version(), decision(decision, reason));
        return registry.version(version.name(), version.version());
    }

    /** See {@link ActivateModel#openProduction()}. */
    public Optional<ActivateModel.Production> openProduction() {
        return activation.openProduction();
    }

    private Map<String, String> decision(String decision, String reason) {
        return Map.of(
                DECISION_TAG, decision,
                REASON_TAG, reason,
                TIME_TAG, clock.instant().toString());
    }
}

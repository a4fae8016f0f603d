package org.controlroom.api.boot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.controlroom.api.control.LogStreams;
import org.controlroom.api.control.PluginChanges;
import org.controlroom.api.control.RegistryWebhooks;
import org.controlroom.api.control.StagedJars;
import org.controlroom.api.json.JsonMapping;
import org.controlroom.api.operate.Build;
import org.controlroom.api.operate.NodeStatus;
import org.controlroom.api.operate.UnderWay;
import org.controlroom.api.predict.BatchJobs;
import org.controlroom.api.predict.BatchThreads;
import org.controlroom.core.catalogue.LoadDataPipeline;
import org.controlroom.core.catalogue.PortionPlan;
import org.controlroom.core.compare.CompareVersions;
import org.controlroom.core.compare.JudgeVersion;
import org.controlroom.core.dataset.GenerateDatasetPipeline;
import org.controlroom.core.dataset.ReadDataset;
import org.controlroom.core.migrate.MigrateRegistryPipeline;
import org.controlroom.core.model.NodeDeployment;
import org.controlroom.core.model.NodeName;
import org.controlroom.core.model.NodeRole;
import org.controlroom.core.model.NodeRoles;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.CatalogueViews;
import org.controlroom.core.port.CronExpressions;
import org.controlroom.core.port.DatasetVersions;
import org.controlroom.core.port.Deployments;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.Notifications;
import org.controlroom.core.port.Outbox;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.port.PredictionLog;
import org.controlroom.core.port.PromotionDecisions;
import org.controlroom.core.port.RunHistory;
import org.controlroom.core.port.RunOwners;
import org.controlroom.core.port.Schedules;
import org.controlroom.core.port.Uploads;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.predict.ServePrediction;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.promote.DecidePromotion;
import org.controlroom.core.promote.FollowRegistry;
import org.controlroom.core.promote.LiveModelPlugins;
import org.controlroom.core.promote.ModelLoader;
import org.controlroom.core.promote.ModelNeeds;
import org.controlroom.core.promote.NodeHistory;
import org.controlroom.core.promote.PromoteModel;
import org.controlroom.core.promote.PromotionPolicy;
import org.controlroom.core.promote.WarmUp;
import org.controlroom.core.schedule.KeepRuns;
import org.controlroom.core.schedule.ResumeWaitingRuns;
import org.controlroom.core.schedule.RunSchedules;
import org.controlroom.core.schedule.WeeklyPipeline;
import org.controlroom.core.train.ImportModel;
import org.controlroom.core.train.MeasureVersions;
import org.controlroom.core.train.TrainModelPipeline;
import org.controlroom.core.train.TrainingRoom;
import org.controlroom.datasets.ParquetFiles;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Statements;
import org.controlroom.pipelines.CronUtilsExpressions;
import org.controlroom.pluginhost.FelixPluginHost;
import org.controlroom.pluginhost.PluginHostOptions;
import org.controlroom.registry.embedded.EmbeddedModelRegistry;
import org.controlroom.registry.mlflow.MlflowModelRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.store.CsvPredictionLog;
import org.controlroom.store.DataFolder;
import org.controlroom.store.InferenceLog;
import org.controlroom.store.JdbcCatalogue;
import org.controlroom.store.JdbcCatalogueViews;
import org.controlroom.store.JdbcDatasetVersions;
import org.controlroom.store.JdbcDeployments;
import org.controlroom.store.JdbcNotifications;
import org.controlroom.store.JdbcPromotionDecisions;
import org.controlroom.store.JdbcRunCallbacks;
import org.controlroom.store.JdbcRunHistory;
import org.controlroom.store.JdbcRunOwners;
import org.controlroom.store.JdbcSchedules;
import org.controlroom.store.PredictionIngest;
import org.controlroom.store.StoreSchema;
import org.controlroom.store.UploadFolder;
import org.controlroom.telemetry.NodeFigure;
import org.controlroom.telemetry.PrometheusTelemetry;
import org.controlroom.telemetry.TrafficHistory;

/** Everything, made and connected in the order in which it can work; closed in the opposite order. */
public final class ControlRoom implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ControlRoom.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long ASK_EVERY_MS = 5_000;
    private static final JsonMapper JSON = JsonMapping.mapper();
    private static final long KEEP_RUNS_EVERY_MS = 5_000;
    private static final long RESUME_RUNS_EVERY_MS = 10_000;

    /** Reads a whole model; what it looks for comes slowly. */
    private static final long CHECK_REGISTRY_EVERY_MS = 15 * 60_000;

    private final Deque<AutoCloseable> closing = new ArrayDeque<>();

    final Configuration configuration;
    final CronExpressions crons = new CronUtilsExpressions();
    final PrometheusTelemetry telemetry = new PrometheusTelemetry().withJvm();
    final UnderWay underWay = new UnderWay(System::nanoTime);
    final TrafficHistory traffic;
    final Catalogue catalogue;
    final CatalogueViews catalogueViews;
    final DatasetVersions datasetVersions;
    final Uploads uploads;
    final PredictionLog predictionLog;
    final RunHistory runHistory;
    final Deployments deployments;
    final ModelRegistry registry;
    /** For requests, which do not wait long. */
    final ModelRegistry askedRegistry;

    private final Reachability registryReachable;
    final Plugins plugins;
    final PluginChanges pluginChanges;
    final StagedJars stagedJars;
    final ModelNeeds modelNeeds;
    final LiveModels liveModels;
    final ServePrediction predictions;
    final BatchThreads batchThreads;
    final BatchJobs batchJobs;
    final PromoteModel promotion;
    final FollowRegistry follow;
    final PromotionDecisions decisions;
    private final DecidePromotion decide;
    final CompareVersions comparisons;
    final JudgeVersion judge;
    final RegistryWebhooks webhooks;
    final ImportModel imports;
    final NodeStatus status;
    final LoadDataPipeline loadData;
    final GenerateDatasetPipeline generateDataset;
    final TrainModelPipeline trainModel;
    final WeeklyPipeline weekly;
    final MigrateRegistryPipeline migrateRegistry;
    final Schedules schedules;
    final RunOwners owners;
    final NodeName node;
    final LogStreams logStreams;
    private final List<String> cutOff;
    private final Outbox<String> callbacks;
    final Notifications notifications;
    final Notifying notifying;

    private ControlRoom(
            Configuration configuration, UnaryOperator<DataSource> connections, Deque<AutoCloseable> closing) {
        this.configuration = configuration;
        Clock clock = Clock.systemUTC();
        traffic = opened(closing, TrafficHistory.watch(telemetry, clock));
        NodeRoles roles = configuration.roles();
        liveModels =
                roles.has(NodeRole.SERVE) ? new LiveModels() : LiveModels.notServing(roles.refusal(NodeRole.SERVE));

        DataFolder folder = opened(closing, DataFolder.open(configuration.dataDir()));
        NodeName configured = configuration.node();
        node = configured != null ? configured : KeptNodeName.of(folder.root());
        DataSource source = connections.apply(DataSources.open(configuration.database(), folder, closing));
        Database database = new Database(source, ErrorCode.DATABASE_UNAVAILABLE);
        StoreSchema.migrate(database);
        JdbcCatalogue tables = new JdbcCatalogue(database, clock);
        catalogue = tables;
        catalogueViews = new JdbcCatalogueViews(database, clock);
        datasetVersions = new JdbcDatasetVersions(database);
        InferenceLog inferenceLog = opened(
                closing, new InferenceLog(folder.monitoring(), configuration.predictionLogMb() * 1024L * 1024, clock));
        PredictionIngest ingest = opened(
                closing, new PredictionIngest(inferenceLog, database, configuration.predictionLogFiles(), clock));
        ingest.start();
        predictionLog = new CsvPredictionLog(inferenceLog, database);
        runHistory = new JdbcRunHistory(database, clock);
        uploads = new UploadFolder(folder.work().resolve("uploads"), runHistory, clock, new SecureRandom());
        logStreams = opened(closing, new LogStreams(runHistory));
        owners = new JdbcRunOwners(database);
        callbacks = new JdbcRunCallbacks(database);
        notifications = new JdbcNotifications(database);
        notifying = new Notifying(configuration.notifications(), notifications, telemetry, clock);
        cutOff = roles.has(NodeRole.PIPELINES) ? recover(tables, clock) : List.of();
        deployments = new JdbcDeployments(database);
        registry = registry(source, folder, clock, closing);
        registryReachable = opened(closing, Reachability.watch("model registry", registry::ping, ASK_EVERY_MS));
        askedRegistry = PromptRegistry.open(configuration.mlflow(), registry, registryReachable::problem, closing);

        FelixPluginHost host = opened(
                closing, FelixPluginHost.open(PluginHostOptions.of(folder.plugins(), configuration.pluginsDir())));
        plugins = host;
        logPlugins(host);
        pluginChanges = opened(closing, new PluginChanges(plugins, clock));
        stagedJars = opened(closing, new StagedJars(clock));
        modelNeeds = new ModelNeeds(askedRegistry, folder.work().resolve("manifests"));

        predictions = new ServePrediction(liveModels, predictionLog, telemetry, clock, new SecureRandom());
        batchThreads = opened(closing, new BatchThreads(configuration.batchThreads()));
        batchJobs = opened(
                closing,
                new BatchJobs(
                        folder.root().resolve("batches"),
                        predictions::predictAll,
                        () -> liveModels.acquire().close(),
                        telemetry,
                        batchThreads,
                        clock,
                        BatchJobs.Limits.DEFAULT));
        ActivateModel activation = new ActivateModel(
                registry,
                new ModelLoader(plugins, WarmUp.DEFAULT),
                liveModels,
                telemetry,
                folder.work().resolve("models"),
                clock);
        plugins.addListener(new LiveModelPlugins(liveModels, activation));
        NodeHistory nodes = new NodeHistory(deployments, liveModels, registry.address(), node.text(), clock);
        promotion = new PromoteModel(registry, activation, deployments, nodes, clock);
        follow = new FollowRegistry(registry, activation, promotion, deployments, nodes, liveModels, clock);
        decisions = new JdbcPromotionDecisions(database);
        decide = new DecidePromotion(
                new PromotionPolicy(configuration.promotion().rules()), decisions, promotion, telemetry, clock);
        status = new NodeStatus(
                roles,
                liveModels,
                registry,
                catalogue,
                DataSources.jobs(),
                registryReachable::problem,
                activation::registryDamage,
                follow,
                plugins,
                folder.root(),
                clock);

        ExecutorService training = TrainingThreads.start(configuration.trainingThreads());
        closing.push(() -> TrainingThreads.stop(training, PATIENCE));
        loadData = new LoadDataPipeline(catalogue, catalogueViews, configuration.portions());
        Path datasetFolder = folder.root().resolve("datasets");
        ParquetFiles parquet = new ParquetFiles();
        generateDataset =
                new GenerateDatasetPipeline(catalogue, datasetVersions, parquet, registry, datasetFolder, clock);
        ReadDataset datasets = new ReadDataset(datasetVersions, parquet, datasetFolder);
        TrainingRoom trainingRoom = new TrainingRoom(
                folder.work().resolve("runs"), training, configuration.trainingThreads(), Build.version());
        trainModel = trainModel(datasets, trainingRoom, clock);
        // Threads of their own: those that train may be busy for long, and somebody waits for a comparison.
        ExecutorService comparing = TrainingThreads.start(configuration.trainingThreads());
        closing.push(() -> TrainingThreads.stop(comparing, PATIENCE));
        TrainingRoom comparingRoom = new TrainingRoom(
                trainingRoom.runsFolder(), comparing, configuration.trainingThreads(), Build.version());
        imports = new ImportModel(plugins, registry, catalogue, datasets, liveModels, comparingRoom, clock);
        comparisons =
                new CompareVersions(activation, new MeasureVersions(catalogue, datasets, comparingRoom, clock), clock);
        judge = new JudgeVersion(registry, comparisons, decide);
        // A pipeline of its own: what it keeps in memory belongs to one run at a time.
        weekly = weekly(trainModel(datasets, trainingRoom, clock), configuration.portions());
        migrateRegistry = migrateRegistry(source, folder, clock);
        schedules = new JdbcSchedules(database);
        notifying.startMessages(configuration.notifications(), registry, closing);
        cutOff.forEach(this::closeCutOff);
        showFigures(folder, ingest, database, roles, closing);
        Figures.ofRegistry(telemetry, activation, follow, status.webhooks());
        RegistryFollower follower = null;
        if (roles.has(NodeRole.SERVE)) {
            activation.restore();
            nodes.note(NodeDeployment.STARTED);
            closing.push(nodes::stopped);
            follower = opened(
                    closing, RegistryFollower.start(configuration.promotion().poll(), follow::look));
            opened(closing, Repeated.start("registry-check", 0, CHECK_REGISTRY_EVERY_MS, activation::checkRegistry));
        }
        webhooks = new RegistryWebhooks(
                configuration.promotion().webhookSecret(),
                follower == null ? () -> {} : follower::nudge,
                status.webhooks(),
                clock);
        HeapReturn.start(telemetry::predictionsTotal, underWay::any, this::aPipelineRuns)
                .ifPresent(closing::push);
        this.closing.addAll(closing);
    }

    /**
     * Makes and starts everything; closes what was made when a part fails.
     *
     * @throws org.controlroom.spi.ControlRoomException saying which part failed and what to do
     */
    static ControlRoom open(Configuration configuration) {
        return open(configuration, UnaryOperator.identity());
    }

    /** @param connections stands between the parts and their database, where somebody wants to see every transaction */
    static ControlRoom open(Configuration configuration, UnaryOperator<DataSource> connections) {
        Deque<AutoCloseable> closing = new ArrayDeque<>();
        try {
            return new ControlRoom(configuration, connections, closing);
        } catch (RuntimeException | LinkageError e) {
            closeAll(closing);
            throw e;
        }
    }

    private ModelRegistry registry(DataSource source, DataFolder folder, Clock clock, Deque<AutoCloseable> closing) {
        return configuration
                .mlflow()
                .registry()
                .<ModelRegistry>map(settings -> opened(closing, new MlflowModelRegistry(settings, clock)))
                .orElseGet(() -> new EmbeddedModelRegistry(source, folder.registry(), clock));
    }

    /** Each MLflow server anew; the embedded registry once, as it empties its staging folder when it is opened. */
    private MigrateRegistryPipeline migrateRegistry(DataSource source, DataFolder folder, Clock clock) {
        return new MigrateRegistryPipeline(
                place -> {
                    if (!place.equals(MigrateRegistryPipeline.EMBEDDED)) {
                        return new MlflowModelRegistry(configuration.mlflow().at(URI.create(place)), clock);
                    }
                    return registry instanceof EmbeddedModelRegistry
                            ? registry
                            : new EmbeddedModelRegistry(source, folder.registry(), clock);
                },
                folder.work().resolve("migrations"));
    }

    private TrainModelPipeline trainModel(ReadDataset datasets, TrainingRoom trainingRoom, Clock clock) {
        return new TrainModelPipeline(
                catalogue, datasets, plugins, registry, liveModels, promotion, decide, trainingRoom, clock);
    }

    private WeeklyPipeline weekly(TrainModelPipeline train, PortionPlan portions) {
        String noFolder = portions.folder() == null
                ? "no folder is configured to load from; controlroom.load.folder names one"
                : null;
        return new WeeklyPipeline(List.of(
                new WeeklyPipeline.Part("load.", loadData, noFolder),
                new WeeklyPipeline.Part("dataset.", generateDataset, null),
                new WeeklyPipeline.Part("train.", train, null, Map.of("dataset", "dataset_version"))));
    }

    /** Not on a node that runs no pipelines: what is under way in the tables is under way on another. */
    private List<String> recover(JdbcCatalogue tables, Clock clock) {
        List<String> found = owners.failOwn(node.text(), clock.instant());
        // What another node loads now is not cut off.
        if (!owners.othersRun(node.text())) {
            tables.recover();
        }
        if (!found.isEmpty()) {
            LOG.warning("runs cut off by the end of the last process, can be restarted: " + found);
        }
        return found;
    }

    /** What a pipeline could not do itself, because its process had ended. */
    private void closeCutOff(String runId) {
        try {
            PipelineRun run = runHistory.run(runId);
            for (PipelineDefinition pipeline : List.of(loadData, generateDataset, trainModel, weekly)) {
                if (run.pipeline().equals(pipeline.name()) && pipeline instanceof PipelineDefinition.Closing closing) {
                    closing.ended(runId, run.status(), String.valueOf(run.error()));
                }
            }
        } catch (ControlRoomException e) {
            LOG.log(Level.WARNING, e, () -> "run " + runId + " stays open in the registry: " + e.getMessage());
        }
    }

    private void showFigures(
            DataFolder folder,
            PredictionIngest ingest,
            Database database,
            NodeRoles roles,
            Deque<AutoCloseable> closing) {
        Figures.ofModel(telemetry, liveModels);
        Figures.ofDisk(telemetry, folder.root());
        Figures.ofPipelines(telemetry, runHistory, loadData, generateDataset, trainModel, weekly, migrateRegistry);
        telemetry.show(NodeFigure.LOG_BACKLOG, ingest::backlogBytes);
        telemetry.show(NodeFigure.REGISTRY_REACHABLE, registryReachable::now);
        Reachability databaseReachable = opened(
                closing,
                Reachability.watch(
                        "database",
                        () -> database.read("ask database", connection -> Statements.number(connection, "SELECT 1")),
                        ASK_EVERY_MS));
        telemetry.show(NodeFigure.DATABASE_REACHABLE, databaseReachable::now);
        if (roles.has(NodeRole.PIPELINES)) {
            Reachability jobsReachable =
                    opened(closing, Reachability.watch("job repository", DataSources.jobs(), ASK_EVERY_MS));
            telemetry.show(NodeFigure.JOBS_REACHABLE, jobsReachable::now);
        }
    }

    /** To be called once the pipelines can be asked, which the container makes. */
    void startSchedules(Pipelines pipelines) {
        if (configuration.roles().has(NodeRole.PIPELINES)) {
            KeepRuns keepRuns = new KeepRuns(
                    owners,
                    pipelines,
                    runHistory,
                    node.text(),
                    configuration.lostRuns(),
                    configuration.lostAfter(),
                    cutOff,
                    this::closeCutOff,
                    Clock.systemUTC());
            String secret = configuration.callbackSecret();
            if (secret != null) {
                notifying.startCallbacks(callbacks, secret, this::runAsJson, closing);
            }
            closing.push(Repeated.start("run-owners", 0, KEEP_RUNS_EVERY_MS, () -> keep(keepRuns::tick)));
            ResumeWaitingRuns waiting =
                    new ResumeWaitingRuns(registry, pipelines, runHistory, node.text(), Clock.systemUTC());
            closing.push(Repeated.start("waiting-runs", 0, RESUME_RUNS_EVERY_MS, () -> keep(waiting::tick)));
            closing.push(ScheduleTicker.start(
                    new RunSchedules(schedules, crons, pipelines, runHistory, telemetry, Clock.systemUTC()),
                    telemetry));
        }
    }

    private String runAsJson(String id) {
        try {
            return JSON.writeValueAsString(runHistory.run(id));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("run " + id + " as JSON", e);
        }
    }

    private static void keep(Supplier<List<String>> runs) {
        try {
            runs.get().forEach(LOG::info);
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "keeping runs", e);
        }
    }

    private boolean aPipelineRuns() {
        TreeMap<String, String> running = new TreeMap<>(Map.of("status", RunStatus.RUNNING.text()));
        return !runHistory.runs(new PageRequest(running, null, null, 1)).items().isEmpty();
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> closing, T part) {
        closing.push(part);
        return part;
    }

    private static void logPlugins(Plugins plugins) {
        for (PluginState plugin : plugins.list()) {
            if (plugin.status() == PluginState.Status.FAILED) {
                LOG.warning("plugin " + plugin.id() + " " + plugin.version() + " failed: " + plugin.reason());
            } else {
                LOG.info("plugin " + plugin.id() + " " + plugin.version() + " is " + plugin.status());
            }
        }
    }

    @Override
    public void close() {
        closeAll(closing);
    }

    @SuppressWarnings("try")
    private static void closeAll(Deque<AutoCloseable> closing) {
        while (!closing.isEmpty()) {
            try {
                closing.pop().close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                LOG.log(Level.WARNING, e, () -> "shutting down: " + e.getMessage());
            }
        }
    }
}

package org.controlroom.core.fake;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.controlroom.core.compare.CompareVersions;
import org.controlroom.core.compare.JudgeVersion;
import org.controlroom.core.dataset.GenerateDatasetPipeline;
import org.controlroom.core.dataset.ReadDataset;
import org.controlroom.core.port.Telemetry;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.promote.DecidePromotion;
import org.controlroom.core.promote.FollowRegistry;
import org.controlroom.core.promote.LiveModelPlugins;
import org.controlroom.core.promote.ModelLoader;
import org.controlroom.core.promote.NodeHistory;
import org.controlroom.core.promote.PromoteModel;
import org.controlroom.core.promote.PromotionPolicy;
import org.controlroom.core.promote.WarmUp;
import org.controlroom.core.train.MeasureVersions;
import org.controlroom.core.train.TrainModelPipeline;
import org.controlroom.core.train.TrainingRoom;
import org.controlroom.testkit.FakeClassifierTrainer;
import org.controlroom.testkit.FakeExtractorFactory;

/** The whole core put together with fakes, as one process; another one on the same folder is a restarted process. */
public final class Room implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** What the clock shows. */
    public Instant now = NOW;

    public final FakeCatalogue catalogue;
    public final FakeRegistry registry;
    public final FakePlugins plugins;
    public final FakeDeployments deployments = new FakeDeployments();
    public final LiveModels live;
    public final ActivateModel activation;
    public final PromoteModel promotion;
    public final FakeDecisions decisions = new FakeDecisions();
    public final FollowRegistry follow;
    public final CompareVersions compare;
    public final JudgeVersion judge;
    public final TrainModelPipeline training;
    public final FakeDatasetVersions datasets = new FakeDatasetVersions();
    public final ReadDataset readDatasets;
    public final GenerateDatasetPipeline generate;
    public final Path folder;
    private final ExecutorService threads;

    public Room(Path folder) {
        this(folder, productsOf(3, 60), new FakeRegistry(folder.resolve("registry")), plugins(), 2);
    }

    public Room(Path folder, FakeCatalogue catalogue, FakeRegistry registry, FakePlugins plugins, int parallelism) {
        this(folder, catalogue, registry, plugins, parallelism, new LiveModels(Duration.ofSeconds(5)));
    }

    public Room(
            Path folder,
            FakeCatalogue catalogue,
            FakeRegistry registry,
            FakePlugins plugins,
            int parallelism,
            LiveModels live) {
        this.live = live;
        this.folder = folder;
        this.catalogue = catalogue;
        this.registry = registry;
        this.plugins = plugins;
        InstantSource clock = () -> now;
        threads = Executors.newFixedThreadPool(parallelism);
        ModelLoader loader = new ModelLoader(plugins, new WarmUp(10, Duration.ofSeconds(1)));
        activation = new ActivateModel(registry, loader, live, Telemetry.NONE, folder.resolve("models"), clock);
        NodeHistory nodes = new NodeHistory(deployments, live, registry.address(), "node-1", clock);
        promotion = new PromoteModel(registry, activation, deployments, nodes, clock);
        follow = new FollowRegistry(registry, activation, promotion, deployments, nodes, live, clock);
        TrainingRoom trainingRoom = new TrainingRoom(folder.resolve("runs"), threads, parallelism, "test");
        DecidePromotion decide =
                new DecidePromotion(PromotionPolicy.DEFAULT, decisions, promotion, Telemetry.NONE, clock);
        FakeDatasetFiles files = new FakeDatasetFiles();
        Path datasetFolder = folder.resolve("datasets");
        generate = new GenerateDatasetPipeline(catalogue, datasets, files, registry, datasetFolder, clock);
        ReadDataset read = new ReadDataset(datasets, files, datasetFolder);
        readDatasets = read;
        compare = new CompareVersions(activation, new MeasureVersions(catalogue, read, trainingRoom, clock), clock);
        judge = new JudgeVersion(registry, compare, decide);
        training = new TrainModelPipeline(
                catalogue, read, plugins, registry, live, promotion, decide, trainingRoom, clock);
        plugins.addListener(new LiveModelPlugins(live, activation));
    }

    public static FakePlugins plugins() {
        return new FakePlugins()
                .with("fake-extractor", "1.0.0", new FakeExtractorFactory())
                .with("fake-classifier", "1.0.0", new FakeClassifierTrainer());
    }

    /** Products whose letters tell their label, mostly: each label has its own alphabet, mixed with noise. */
    public static FakeCatalogue productsOf(int labels, int rowsEach) {
        FakeCatalogue catalogue = new FakeCatalogue();
        Random random = new Random(5);
        for (int row = 0; row < labels * rowsEach; row++) {
            int label = row % labels;
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                int letter = random.nextInt(3) == 0 ? random.nextInt(26) : label * 4 + random.nextInt(4);
                text.append((char) ('a' + letter));
            }
            catalogue.add(1000 + row, text.toString(), "", 10 * (label + 1));
        }
        return catalogue;
    }

    public Map<String, String> parameters(Map<String, String> more) {
        Map<String, String> given =
                new TreeMap<>(Map.of("preset", "none", "extractor", "fake-extractor", "classifier", "fake-classifier"));
        given.putAll(more);
        return training.complete(given);
    }

    /** Trains from the first step to the last. */
    public FakeRun train(String runId) {
        return new FakeRun(runId, parameters(Map.of())).from("snapshot-dataset", training);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

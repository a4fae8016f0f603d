package org.controlroom.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.dataset.ReadDataset;
import org.controlroom.core.fake.FakeRun;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.port.Telemetry;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.promote.DecidePromotion;
import org.controlroom.core.promote.ModelLoader;
import org.controlroom.core.promote.NodeHistory;
import org.controlroom.core.promote.PromoteModel;
import org.controlroom.core.promote.PromotionPolicy;
import org.controlroom.core.promote.WarmUp;
import org.controlroom.core.train.TrainModelPipeline;
import org.controlroom.core.train.TrainingRoom;
import org.controlroom.datasets.ParquetFiles;
import org.controlroom.jdbc.Database;
import org.controlroom.registry.embedded.EmbeddedModelRegistry;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.controlroom.store.JdbcCatalogue;
import org.controlroom.store.JdbcDatasetVersions;
import org.controlroom.store.JdbcDeployments;
import org.controlroom.store.JdbcPromotionDecisions;
import org.controlroom.store.StoreSchema;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Runs the training pipeline as the server does, on a catalogue and a registry in H2, except for its last step: a
 * promotion would delete the work folder's model, which is wanted here.
 */
final class TrainingBench implements AutoCloseable {

    private static final String LAST_STEP = "promote";

    private final Path folder;
    private final JdbcConnectionPool source;
    private final Database database;
    private final JdbcCatalogue catalogue;
    private final EmbeddedModelRegistry registry;
    private int runs;

    /**
     * One training.
     *
     * @param seconds wall time of each step
     * @param figures what the evaluation on the hold-out gave
     * @param model folder with the sealed artifact; the third training after this one deletes it
     * @param sha256 of all names and bytes of that folder
     */
    record Result(SortedMap<String, Double> seconds, SortedMap<String, Double> figures, Path model, String sha256) {

        /** Cleaning, features, classifier and calibration; what is comparable with fitting elsewhere. */
        double fitSeconds() {
            return seconds("fit-extractor") + seconds("train-classifier") + seconds("calibrate");
        }

        double seconds(String step) {
            return seconds.getOrDefault(step, 0.0);
        }

        double figure(String name) {
            return figures.getOrDefault(name, Double.NaN);
        }
    }

    /** @param folder emptied */
    TrainingBench(BenchmarkData data, Path folder) {
        this.folder = folder;
        SafeFiles.delete(folder);
        source = JdbcConnectionPool.create(ImportBenchmark.url(folder), "sa", "");
        database = new Database(source, ErrorCode.DATABASE_UNAVAILABLE);
        StoreSchema.migrate(database);
        catalogue = new JdbcCatalogue(database, InstantSource.system());
        catalogue.load("benchmark", data.products(), data.labels(), CataloguePortion.WHOLE, Progress.NONE);
        registry = new EmbeddedModelRegistry(source, folder.resolve("registry"), InstantSource.system());
    }

    Result train(String preset, int threads) {
        ClassPathPlugins plugins = new ClassPathPlugins();
        LiveModels live = new LiveModels();
        InstantSource clock = InstantSource.system();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            ActivateModel activation = new ActivateModel(
                    registry,
                    new ModelLoader(plugins, WarmUp.NONE),
                    live,
                    Telemetry.NONE,
                    folder.resolve("models"),
                    clock);
            Path runsFolder = folder.resolve("runs");
            JdbcDeployments deployments = new JdbcDeployments(database);
            NodeHistory nodes = new NodeHistory(deployments, live, registry.address(), "benchmark", clock);
            PromoteModel promotion = new PromoteModel(registry, activation, deployments, nodes, clock);
            TrainModelPipeline pipeline = new TrainModelPipeline(
                    catalogue,
                    new ReadDataset(new JdbcDatasetVersions(database), new ParquetFiles(), folder.resolve("datasets")),
                    plugins,
                    registry,
                    live,
                    promotion,
                    new DecidePromotion(
                            PromotionPolicy.DEFAULT,
                            new JdbcPromotionDecisions(database),
                            promotion,
                            Telemetry.NONE,
                            clock),
                    new TrainingRoom(runsFolder, pool, threads, "benchmark"),
                    clock);
            String id = preset + "-" + ++runs;
            FakeRun run = new FakeRun(id, pipeline.complete(Map.of("preset", preset, "promote", "never")));
            SortedMap<String, Double> seconds = new TreeMap<>();
            for (String step : pipeline.steps()) {
                if (!step.equals(LAST_STEP)) {
                    long start = System.nanoTime();
                    pipeline.run(step, run);
                    seconds.put(
                            step, Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3);
                }
            }
            run.log.forEach(line -> System.out.println("    " + line));
            Path model = runsFolder.resolve(id).resolve("model");
            return new Result(seconds, numbers(run.outcome), model, sha256(model));
        } finally {
            pool.shutdownNow();
        }
    }

    private static String sha256(Path model) {
        try (Stream<Path> files = Files.walk(model)) {
            var digest = SafeFiles.newSha256();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(model.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies an artifact to where it stays. */
    static void keep(Path model, Path target) throws IOException {
        SafeFiles.delete(target);
        Files.createDirectories(target);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(model)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = target.resolve(model.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    @Override
    public void close() {
        source.dispose();
    }

    /** Without the texts, for example the hash of the dataset. */
    private static SortedMap<String, Double> numbers(Map<String, String> outcome) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        outcome.forEach((key, value) -> {
            try {
                numbers.put(key, Double.parseDouble(value));
            } catch (NumberFormatException e) {
                // one of the texts
            }
        });
        return numbers;
    }
}

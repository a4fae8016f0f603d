package org.controlroom.benchmarks;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.dataset.GenerateDatasetPipeline;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.datasets.ParquetFiles;
import org.controlroom.jdbc.Database;
import org.controlroom.registry.embedded.EmbeddedModelRegistry;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.controlroom.store.JdbcCatalogue;
import org.controlroom.store.JdbcDatasetVersions;
import org.controlroom.store.StoreSchema;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Makes a dataset version of so many rows of an H2 file, those of the catalogue again and again with another word in each
 * round. Arguments: data folder or empty, work folder, file of figures, rows.
 */
public final class DatasetBenchmark {

    private static final double SECONDS = 10;

    private DatasetBenchmark() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        Path work = Path.of(args[1]);
        int rows = Integer.parseInt(args[3]);
        Path folder = work.resolve("dataset");
        SafeFiles.delete(folder);
        Files.createDirectories(folder);
        JdbcConnectionPool source = JdbcConnectionPool.create(ImportBenchmark.url(folder), "sa", "");
        try {
            Database database = new Database(source, ErrorCode.DATABASE_UNAVAILABLE);
            StoreSchema.migrate(database);
            JdbcCatalogue catalogue = new JdbcCatalogue(database, InstantSource.system());
            load(catalogue, BenchmarkData.find(args[0], work).rows(), rows, folder);
            GenerateDatasetPipeline pipeline = new GenerateDatasetPipeline(
                    catalogue,
                    new JdbcDatasetVersions(database),
                    new ParquetFiles(),
                    new EmbeddedModelRegistry(source, folder.resolve("registry"), InstantSource.system()),
                    folder.resolve("datasets"),
                    InstantSource.system());
            double first = run(pipeline, Map.of());
            double second = run(pipeline, Map.of("balancing_strategy", "class_weights"));
            Figures.in(Path.of(args[2]))
                    .atMost(
                            "dataset version of " + rows + " rows",
                            first,
                            SECONDS * rows / 85_000,
                            "s",
                            String.format(
                                    Locale.ROOT,
                                    "with a cold JVM, registry included; a second one %.1f s; heap at most %d MB",
                                    second,
                                    Runtime.getRuntime().maxMemory() >> 20));
        } finally {
            source.dispose();
        }
        SafeFiles.delete(folder);
    }

    private static void load(JdbcCatalogue catalogue, List<BenchmarkData.Row> rows, int count, Path folder)
            throws IOException {
        Path products = folder.resolve("X_train_update.csv");
        Path labels = folder.resolve("Y_train_CVw08PX.csv");
        try (BufferedWriter texts = Files.newBufferedWriter(products, StandardCharsets.UTF_8);
                BufferedWriter codes = Files.newBufferedWriter(labels, StandardCharsets.UTF_8);
                CsvWriter textRows = CsvWriter.builder().build(texts);
                CsvWriter codeRows = CsvWriter.builder().build(codes)) {
            textRows.writeRecord("", "designation", "description", "productid", "imageid");
            codeRows.writeRecord("", "prdtypecode");
            for (int i = 0; i < count; i++) {
                BenchmarkData.Row row = rows.get(i % rows.size());
                String index = Integer.toString(i);
                String round = i < rows.size() ? "" : " round" + i / rows.size() + " " + i;
                textRows.writeRecord(
                        index,
                        row.product().designation() + round,
                        row.product().description(),
                        Long.toString(1_000_000_000L + i),
                        row.imageId());
                codeRows.writeRecord(index, row.label());
            }
        }
        catalogue.load("benchmark", products, labels, CataloguePortion.WHOLE, Progress.NONE);
    }

    private static double run(GenerateDatasetPipeline pipeline, Map<String, String> parameters) {
        Map<String, String> complete = pipeline.complete(parameters);
        PipelineDefinition.StepContext run = new PipelineDefinition.StepContext() {
            @Override
            public String runId() {
                return "run-1";
            }

            @Override
            public String pipeline() {
                return pipeline.name();
            }

            @Override
            public Map<String, String> parameters() {
                return complete;
            }

            @Override
            public Progress progress() {
                return Progress.NONE;
            }

            @Override
            public void log(String text) {
                System.out.println("    " + text);
            }

            @Override
            public Map<String, String> outcome() {
                return Map.of();
            }

            @Override
            public void putOutcome(Map<String, String> outcome) {}
        };
        long start = System.nanoTime();
        pipeline.steps().forEach(step -> pipeline.run(step, run));
        return (System.nanoTime() - start) * 1e-9;
    }
}

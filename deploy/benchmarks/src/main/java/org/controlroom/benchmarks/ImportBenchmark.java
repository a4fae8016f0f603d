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
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.jdbc.Database;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.controlroom.store.DataFolder;
import org.controlroom.store.JdbcCatalogue;
import org.controlroom.store.StoreSchema;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Loads 100,000 rows, those of the catalogue again and again under new ids, into an empty H2 file. Arguments: data
 * folder or empty, work folder, file of figures.
 */
public final class ImportBenchmark {

    private static final int ROWS = 100_000;
    private static final int LOADS = 3;
    private static final double ROWS_A_SECOND = 20_000;

    private ImportBenchmark() {}

    /** The address that the server uses, in another folder. */
    static String url(Path folder) {
        return DataFolder.h2Url(folder.resolve("database").resolve("controlroom"));
    }

    /** See the class. */
    public static void main(String[] args) throws IOException {
        Path work = Path.of(args[1]);
        Path folder = work.resolve("import");
        SafeFiles.delete(folder);
        Files.createDirectories(folder);
        BenchmarkData file = repeated(BenchmarkData.find(args[0], work).rows(), folder, ROWS);
        double[] rates = new double[LOADS];
        for (int i = 0; i < LOADS; i++) {
            rates[i] = load(file, folder.resolve("load-" + i));
        }
        Figures.in(Path.of(args[2]))
                .atLeast(
                        "import into an H2 file",
                        Figures.median(rates),
                        ROWS_A_SECOND,
                        "rows/s",
                        String.format(
                                Locale.ROOT,
                                "median of %d loads of %d rows; the first, with a cold JVM, %.0f",
                                LOADS,
                                ROWS,
                                rates[0]));
        SafeFiles.delete(folder);
    }

    /** A file of so many rows: those given, again and again, under ids of their own. */
    static BenchmarkData repeated(List<BenchmarkData.Row> rows, Path folder, int count) throws IOException {
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
                textRows.writeRecord(
                        index,
                        row.product().designation(),
                        row.product().description(),
                        Long.toString(1_000_000_000L + i),
                        row.imageId());
                codeRows.writeRecord(index, row.label());
            }
        }
        return new BenchmarkData(products, labels);
    }

    private static double load(BenchmarkData file, Path folder) {
        JdbcConnectionPool source = JdbcConnectionPool.create(url(folder), "sa", "");
        try {
            Database database = new Database(source, ErrorCode.DATABASE_UNAVAILABLE);
            StoreSchema.migrate(database);
            JdbcCatalogue catalogue = new JdbcCatalogue(database, InstantSource.system());
            long start = System.nanoTime();
            CatalogueLoad load =
                    catalogue.load("benchmark", file.products(), file.labels(), CataloguePortion.WHOLE, Progress.NONE);
            double seconds = (System.nanoTime() - start) * 1e-9;
            if (load.rowsAdded() != ROWS || catalogue.totals().labelled() != ROWS) {
                throw new IllegalStateException(load.rowsAdded() + " rows were added; must be " + ROWS);
            }
            System.out.printf(Locale.ROOT, "    %d rows in %.2f s%n", ROWS, seconds);
            return ROWS / seconds;
        } finally {
            source.dispose();
        }
    }
}

package org.controlroom.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Locale;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.jdbc.Database;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.controlroom.store.JdbcCatalogue;
import org.controlroom.store.StoreSchema;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Loads 85,000 rows, those of the catalogue again and again under new ids, into empty PostgreSQL databases, and a portion
 * of 3 % after one of 40 %. Arguments: data folder or empty, work folder, file of figures, JDBC address of a database
 * whose user may make others.
 */
public final class PostgresBenchmark {

    private static final int ROWS = 85_000;
    private static final int LOADS = 5;
    private static final double ROWS_A_SECOND = 20_000;
    private static final double PORTION_SECONDS = 3;

    private final String address;

    private PostgresBenchmark(String address) {
        this.address = address;
    }

    /** See the class. */
    public static void main(String[] args) throws IOException, SQLException {
        Path work = Path.of(args[1]);
        Path folder = work.resolve("postgres-rows");
        SafeFiles.delete(folder);
        Files.createDirectories(folder);
        BenchmarkData file =
                ImportBenchmark.repeated(BenchmarkData.find(args[0], work).rows(), folder, ROWS);
        PostgresBenchmark benchmark = new PostgresBenchmark(args[3]);
        double[] rates = new double[LOADS];
        double[] portions = new double[LOADS];
        for (int i = 0; i < LOADS; i++) {
            rates[i] = ROWS / seconds(benchmark.emptyCatalogue("rows" + i), "whole", CataloguePortion.WHOLE, file);
            JdbcCatalogue grown = benchmark.emptyCatalogue("portions" + i);
            seconds(grown, "first", new CataloguePortion(0, 40, 0), file);
            portions[i] = seconds(grown, "next", new CataloguePortion(40, 43, 0), file);
        }
        Figures figures = Figures.in(Path.of(args[2]));
        figures.atLeast(
                "import into PostgreSQL",
                Figures.median(rates),
                ROWS_A_SECOND,
                "rows/s",
                String.format(
                        Locale.ROOT,
                        "median of %d loads of %d rows; the first, with a cold JVM, %.0f",
                        LOADS,
                        ROWS,
                        rates[0]));
        figures.atMost(
                "a portion of 3 % into PostgreSQL",
                Figures.median(portions), PORTION_SECONDS, "s", "of " + ROWS + " rows, after 40 %; median of " + LOADS);
        SafeFiles.delete(folder);
    }

    private PGSimpleDataSource source(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address);
        if (!database.isEmpty()) {
            source.setDatabaseName(database);
        }
        return source;
    }

    private JdbcCatalogue emptyCatalogue(String name) throws SQLException {
        try (Connection connection = source("").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS bench_" + name);
            statement.execute("CREATE DATABASE bench_" + name);
        }
        Database database = new Database(source("bench_" + name), ErrorCode.DATABASE_UNAVAILABLE);
        StoreSchema.migrate(database);
        return new JdbcCatalogue(database, InstantSource.system());
    }

    private static double seconds(JdbcCatalogue catalogue, String name, CataloguePortion portion, BenchmarkData file) {
        long start = System.nanoTime();
        CatalogueLoad load = catalogue.load(name, file.products(), file.labels(), portion, Progress.NONE);
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (load.rowsAdded() == 0 || (portion.isWhole() && load.rowsAdded() != ROWS)) {
            throw new IllegalStateException(load.rowsAdded() + " rows were added by load " + name);
        }
        System.out.printf(Locale.ROOT, "    %s: %d rows added in %.2f s%n", name, load.rowsAdded(), seconds);
        return seconds;
    }
}

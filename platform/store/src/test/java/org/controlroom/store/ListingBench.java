package org.controlroom.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.controlroom.core.catalogue.CatalogueRules;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.jdbc.BulkInsert;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Dialect;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ErrorCode;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Times of every list of the pages with 100,000 products, 1,000,000 predictions and 2,000 runs, as a table in Markdown.
 * Run by hand: {@code java -cp … ListingBench FOLDER X.csv Y.csv [jdbc:postgresql:ADDRESS]}. The tables are filled when they
 * are empty, so that a second call measures what a restarted server meets first.
 */
final class ListingBench {

    private static final int PRODUCTS = 100_000;
    private static final int PREDICTIONS = 1_000_000;
    private static final int RUNS = 2_000;
    private static final int ROUNDS = 5;
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final Database database;
    private final JdbcCatalogue catalogue;
    private final JdbcCatalogueViews views;
    private final CsvPredictionLog predictions;
    private final JdbcRunHistory runs;

    private ListingBench(Database database, Path folder) {
        this.database = database;
        catalogue = new JdbcCatalogue(database, InstantSource.system());
        views = new JdbcCatalogueViews(database, InstantSource.system());
        predictions = new CsvPredictionLog(new InferenceLog(folder, 1L << 30, InstantSource.system()), database);
        runs = new JdbcRunHistory(database, InstantSource.system());
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        DataSource source = args.length > 3 ? postgres(args[3]) : h2(folder);
        Database database = new Database(source, ErrorCode.DATABASE_UNAVAILABLE);
        StoreSchema.migrate(database);
        ListingBench bench = new ListingBench(database, folder);
        if (bench.isEmpty()) {
            bench.fill(Path.of(args[1]), Path.of(args[2]));
            execute(database, database.read("ask", Dialect::of) == Dialect.POSTGRESQL ? "VACUUM ANALYZE" : "ANALYZE");
        }
        boolean h2 = source instanceof JdbcConnectionPool;
        if (h2) {
            execute(database, "SET QUERY_STATISTICS TRUE");
        }
        bench.measure();
        if (h2) {
            database.read("longest statements", ListingBench::printLongest);
            execute(database, "SHUTDOWN");
        }
    }

    /** By H2's own clock: a list may take several statements. */
    private static int printLongest(Connection connection) throws SQLException {
        System.out.println("longest statements, ms:");
        List<String> lines = Statements.all(
                connection,
                row -> String.format(
                        Locale.ROOT,
                        "%.1f, on average %.1f of %d: %s",
                        row.getDouble(1),
                        row.getDouble(2),
                        row.getInt(3),
                        row.getString(4).replaceAll("\\s+", " ")),
                "SELECT max_execution_time, average_execution_time, execution_count, sql_statement"
                        + " FROM information_schema.query_statistics ORDER BY 1 DESC FETCH FIRST 5 ROWS ONLY");
        lines.forEach(System.out::println);
        return lines.size();
    }

    private static DataSource h2(Path folder) {
        return JdbcConnectionPool.create(DataFolder.h2Url(folder.resolve("bench")), "sa", "");
    }

    /** One connection for all, as a pool would give it: making one takes longer than most lists. */
    private static DataSource postgres(String url) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        Connection kept = source.getConnection();
        Connection given = proxy(
                Connection.class,
                (self, method, args) -> method.getName().equals("close") ? null : invoke(kept, method, args));
        return proxy(
                DataSource.class,
                (self, method, args) ->
                        method.getName().equals("getConnection") ? given : invoke(source, method, args));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(ListingBench.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void execute(Database database, String sql) {
        database.read(sql, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private boolean isEmpty() {
        return predictions.predictions(PageRequest.first(1)).items().isEmpty();
    }

    private void fill(Path x, Path y) throws Exception {
        List<String[]> rows = new ArrayList<>();
        try (CatalogueFile from = new CatalogueFile(x, CatalogueRules.PRODUCT_COLUMNS);
                CatalogueFile labels = new CatalogueFile(y, CatalogueRules.LABEL_COLUMNS)) {
            for (var row = from.next(); row != null; row = from.next()) {
                rows.add(new String[] {
                    row.getField(1), row.getField(2), labels.next().getField(1)
                });
            }
        }
        inBatches("products", PRODUCTS, (connection, first, last) -> {
            try (BulkInsert products = BulkInsert.into(
                            connection, "products", "productid", "designation", "description", "created_at");
                    BulkInsert titles = BulkInsert.into(connection, "product_titles", "productid", "designation");
                    BulkInsert labels = BulkInsert.into(connection, "labels", "productid", "prdtypecode")) {
                for (int i = first; i < last; i++) {
                    String[] row = rows.get(i % rows.size());
                    products.add(1_000L + i, row[0], row[1], START);
                    titles.add(1_000L + i, row[0]);
                    labels.add(1_000L + i, Integer.valueOf(row[2]));
                }
                products.flush();
                titles.flush();
                labels.flush();
            }
        });
        database.write(
                "load",
                connection -> Statements.update(
                        connection,
                        "INSERT INTO data_loads (batch_name, source, total_rows, rows_added, rows_changed,"
                                + " rows_rejected, started_at, completed_at, status)"
                                + " VALUES ('bench', 'bench', ?, ?, 0, 0, ?, ?, 'completed')",
                        PRODUCTS,
                        PRODUCTS,
                        START,
                        START));
        // as the second step of a load does
        long begin = System.nanoTime();
        views.statistics();
        System.out.printf(Locale.ROOT, "statistics counted in %.1f s%n", (System.nanoTime() - begin) / 1e9);
        inBatches("predictions", PREDICTIONS, (connection, first, last) -> {
            try (BulkInsert logged = BulkInsert.into(
                    connection,
                    "predictions",
                    "id",
                    "prediction_id",
                    "predicted_at",
                    "designation",
                    "description",
                    "predicted_class",
                    "confidence",
                    "text_length",
                    "model_version",
                    "model_stage")) {
                for (int i = first; i < last; i++) {
                    String[] row = rows.get((int) (i * 7919L % rows.size()));
                    String text = row[1].substring(0, Math.min(300, row[1].length()));
                    logged.add(
                            i + 1L,
                            "pred_" + i,
                            START.plusSeconds(i),
                            row[0],
                            text,
                            Integer.valueOf(row[2]),
                            (float) Math.sqrt(i * 7919L % 1_000_003 / 1_000_003.0),
                            row[0].length() + text.length(),
                            Integer.toString(1 + i / (PREDICTIONS / 5)),
                            "Production");
                }
                logged.flush();
            }
        });
        inBatches("runs", RUNS, (connection, first, last) -> {
            try (BulkInsert inserted =
                    BulkInsert.into(connection, "pipeline_runs", "pipeline", "status", "created_at", "log_lines")) {
                for (int i = first; i < last; i++) {
                    inserted.add(
                            i % 3 == 0 ? "train-model" : "load-data",
                            i % 50 == 0 ? "failed" : "completed",
                            START.plusSeconds(i),
                            0L);
                }
                inserted.flush();
            }
        });
    }

    private interface Rows {
        void put(Connection connection, int first, int last) throws SQLException;
    }

    private void inBatches(String what, int count, Rows rows) {
        long begin = System.nanoTime();
        int size = 5_000;
        for (int first = 0; first < count; first += size) {
            int from = first;
            database.write(what, connection -> {
                rows.put(connection, from, Math.min(count, from + size));
                return from;
            });
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(Locale.ROOT, "%,d %s in %.1f s%n", count, what, seconds);
    }

    private void measure() {
        System.out.println("| list | first ms | median ms | longest ms | rows |");
        System.out.println("|---|---|---|---|---|");
        once("catalogue totals", () -> (int) catalogue.totals().products());
        once("catalogue statistics", () -> (int) views.statistics().products());
        once("one product", () -> views.product(50_000) == null ? 0 : 1);
        once("one prediction", () -> predictions.prediction("pred_500000") == null ? 0 : 1);
        Function<PageRequest, Page<?>> products = catalogue::products;
        lists("products", products, null, Map.of());
        lists("products", products, "-product_id", Map.of());
        lists("products", products, null, Map.of("label", "2705"));
        lists("products", products, "-product_id", Map.of("label", "2705"));
        for (String text : List.of("library", "python documentation", "zzz nothing")) {
            lists("products", products, null, Map.of("text", text));
            lists("products", products, "-product_id", Map.of("text", text));
            lists("products", products, null, Map.of("text", text, "label", "2705"));
        }
        Function<PageRequest, Page<?>> logged = predictions::predictions;
        for (Map<String, String> filters : List.<Map<String, String>>of(
                Map.of(),
                Map.of("label", "2705"),
                Map.of("label", "999"),
                Map.of("model_version", "1"),
                Map.of("model_version", "none"),
                Map.of("label", "2705", "model_version", "1"),
                Map.of("max_confidence", "0.4"),
                Map.of("max_confidence", "0.001"),
                Map.of("max_confidence", "0.4", "model_version", "1"),
                Map.of("max_confidence", "-1", "model_version", "1"),
                Map.of("min_confidence", "0.999", "label", "2705"),
                Map.of("text", "library"),
                Map.of("text", "zzz nothing"),
                Map.of("text", "library", "max_confidence", "0.2"),
                Map.of("from", "2026-11-03T00:00:00Z", "to", "2026-11-03T01:00:00Z"),
                Map.of("from", "2020-01-01T00:00:00Z", "to", "2020-01-02T00:00:00Z"))) {
            lists("predictions", logged, null, filters);
            lists("predictions", logged, "time", filters);
        }
        Function<PageRequest, Page<?>> history = runs::runs;
        lists("runs", history, null, Map.of());
        lists("runs", history, null, Map.of("pipeline", "train-model"));
        lists("runs", history, null, Map.of("pipeline", "train-model", "status", "running"));
    }

    private void lists(
            String name, Function<PageRequest, Page<?>> list, @Nullable String sort, Map<String, String> filters) {
        String[] cursor = new String[1];
        PageRequest first = new PageRequest(new TreeMap<>(filters), sort, null, 50);
        String label =
                name + (filters.isEmpty() ? "" : " " + new TreeMap<>(filters)) + (sort == null ? "" : " " + sort);
        once(label, () -> {
            Page<?> page = list.apply(first);
            cursor[0] = page.next();
            return page.items().size();
        });
        String second = cursor[0];
        if (second != null) {
            PageRequest next = new PageRequest(new TreeMap<>(filters), sort, second, 50);
            once(label + ", page 2", () -> list.apply(next).items().size());
        }
    }

    private interface Question {
        int ask();
    }

    private static void once(String what, Question question) {
        double[] ms = new double[ROUNDS];
        int rows = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            rows = question.ask();
            ms[i] = Duration.ofNanos(System.nanoTime() - begin).toNanos() / 1e6;
        }
        double first = ms[0];
        java.util.Arrays.sort(ms);
        System.out.printf(
                Locale.ROOT, "| %s | %.1f | %.1f | %.1f | %d |%n", what, first, ms[ROUNDS / 2], ms[ROUNDS - 1], rows);
    }
}

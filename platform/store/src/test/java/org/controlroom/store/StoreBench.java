package org.controlroom.store;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.controlroom.core.catalogue.CatalogueRules;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.LoggedPrediction;
import org.controlroom.core.model.PageRequest;
import org.controlroom.jdbc.Database;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Times of the store in an H2 file. Run by hand: {@code java -cp … StoreBench FOLDER import X.csv Y.csv [ROWS]},
 * where the files are repeated until there are ROWS, or {@code FOLDER predictions COUNT [go-on]}, which goes on with the log
 * that is there.
 */
final class StoreBench {

    private StoreBench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        JdbcConnectionPool pool = JdbcConnectionPool.create(DataFolder.h2Url(folder.resolve("bench")), "sa", "");
        Database database = new Database(pool, ErrorCode.DATABASE_UNAVAILABLE);
        StoreSchema.migrate(database);
        if (args[1].equals("import")) {
            if (args.length > 5) {
                // Warms the virtual machine up with a catalogue of its own.
                JdbcConnectionPool other =
                        JdbcConnectionPool.create(DataFolder.h2Url(folder.resolve("warm")), "sa", "");
                Database warm = new Database(other, ErrorCode.DATABASE_UNAVAILABLE);
                StoreSchema.migrate(warm);
                importing(
                        new JdbcCatalogue(warm, InstantSource.system()),
                        Path.of(args[2]),
                        Path.of(args[3]),
                        Integer.parseInt(args[4]),
                        folder);
                System.out.println("warm:");
            }
            JdbcCatalogue catalogue = new JdbcCatalogue(database, InstantSource.system());
            Path x = Path.of(args[2]);
            Path y = Path.of(args[3]);
            importing(catalogue, x, y, args.length > 4 ? Integer.parseInt(args[4]) : 0, folder);
        } else {
            predictions(folder, database, Integer.parseInt(args[2]), args.length > 3);
        }
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    private static void importing(JdbcCatalogue catalogue, Path x, Path y, int rows, Path folder) throws Exception {
        Path products = x;
        Path labels = y;
        if (rows > 0) {
            products = folder.resolve("X.csv.gz");
            labels = folder.resolve("Y.csv");
            repeat(x, y, products, labels, rows);
        }
        for (String batch : List.of("first", "again, nothing changed", "third, nothing changed")) {
            long begin = System.nanoTime();
            long cpu = cpuNanos();
            long own = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            CatalogueLoad load = catalogue.load(batch, products, labels, CataloguePortion.WHOLE, Progress.NONE);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf("%s: %s%n", batch, load);
            double cpuSeconds = (cpuNanos() - cpu) / 1e9;
            System.out.printf(
                    "%,d rows in %.2f s: %,.0f rows/s; %.2f s of processor time in all threads, %.2f s in this%n",
                    load.rowsRead(),
                    seconds,
                    load.rowsRead() / seconds,
                    cpuSeconds,
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - own) / 1e9);
        }
        long begin = System.nanoTime();
        List<LabelledProduct> all = new ArrayList<>();
        catalogue.forEachLabelled(all::add);
        System.out.printf("streamed %,d labelled rows in %.2f s%n", all.size(), (System.nanoTime() - begin) / 1e9);
        for (int i = 0; i < 3; i++) {
            for (Map<String, String> filters : List.<Map<String, String>>of(
                    Map.of(), Map.of("label", "10"), Map.of("text", "library"), Map.of("text", "no such text"))) {
                begin = System.nanoTime();
                int count = catalogue
                        .products(new PageRequest(new TreeMap<>(filters), null, null, 100))
                        .items()
                        .size();
                System.out.printf("products %s: %d in %.1f ms%n", filters, count, (System.nanoTime() - begin) / 1e6);
            }
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void repeat(Path x, Path y, Path products, Path labels, int rows) throws Exception {
        try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(products)), StandardCharsets.UTF_8));
                BufferedWriter codes = Files.newBufferedWriter(labels)) {
            out.write(",designation,description,productid,imageid\n");
            codes.write(",prdtypecode\n");
            int index = 0;
            while (index < rows) {
                try (CatalogueFile from = new CatalogueFile(x, CatalogueRules.PRODUCT_COLUMNS);
                        CatalogueFile fromLabels = new CatalogueFile(y, CatalogueRules.LABEL_COLUMNS)) {
                    for (var row = from.next(); row != null && index < rows; row = from.next(), index++) {
                        out.write(index + "," + quoted(row.getField(1)) + "," + quoted(row.getField(2)) + ","
                                + (3_000_000_000L + index) + "," + row.getField(4) + "\n");
                        codes.write(index + "," + fromLabels.next().getField(1) + "\n");
                    }
                }
            }
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static void predictions(Path folder, Database database, int count, boolean goOn) {
        InferenceLog log = new InferenceLog(folder, 1L << 40, InstantSource.system());
        for (int i = 0; i < count && !goOn; i++) {
            int shuffled = i * 7919 % 1_000_003;
            log.append(Predictions.of(
                    "pred_" + i,
                    "Chaise de jardin pliante en métal numéro " + i,
                    "Une belle chaise. ".repeat(20),
                    shuffled % 27 + 10,
                    Math.abs(shuffled % 10_000) / 10_000f,
                    Integer.toString(i / (count / 5))));
        }
        PredictionIngest ingest = new PredictionIngest(log, database, 2, InstantSource.system());
        long begin = System.nanoTime();
        long moved = 0;
        for (int batch; (batch = ingest.ingest()) > 0; ) {
            moved += batch;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf("ingested %,d in %.1f s: %,.0f rows/s%n", moved, seconds, moved / seconds);
        CsvPredictionLog predictions = new CsvPredictionLog(log, database);
        for (int round = 0; round < 3; round++) {
            for (Map<String, String> filters : List.<Map<String, String>>of(
                    Map.of(),
                    Map.of("label", "12"),
                    Map.of("model_version", "0"),
                    Map.of("label", "12", "model_version", "0"),
                    Map.of("label", "999"),
                    Map.of("max_confidence", "0.5"),
                    Map.of("max_confidence", "0.0002"),
                    Map.of("max_confidence", "-1"),
                    Map.of("max_confidence", "0.01", "label", "12"),
                    Map.of("text", "métal"),
                    Map.of("text", "numéro 77777"),
                    Map.of("text", "nothing"),
                    Map.of("text", "nothing", "label", "12"),
                    Map.of("from", "2020-01-01T00:00:00Z", "to", "2020-01-02T00:00:00Z"))) {
                int found = 0;
                int pages = 0;
                double longest = 0;
                String cursor = null;
                long whole = System.nanoTime();
                do {
                    begin = System.nanoTime();
                    var page = predictions.predictions(new PageRequest(new TreeMap<>(filters), null, cursor, 100));
                    longest = Math.max(longest, (System.nanoTime() - begin) / 1e6);
                    found += page.items().size();
                    pages++;
                    cursor = page.next();
                } while (cursor != null && found < 100);
                System.out.printf(
                        "%s: %d in %d pages, longest %.1f ms, together %.1f ms%n",
                        filters, found, pages, longest, (System.nanoTime() - whole) / 1e6);
            }
        }
        begin = System.nanoTime();
        LoggedPrediction one = predictions.prediction("pred_" + count / 2);
        System.out.printf("%s in %.1f ms%n", one.id(), (System.nanoTime() - begin) / 1e6);
    }
}

package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.controlroom.core.model.LoggedPrediction;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionIngestTest {

    @TempDir
    Path folder;

    private TestDatabase test;
    private InferenceLog log;

    @BeforeEach
    void open() {
        test = database(folder);
        log = openLog();
    }

    /** Fresh and with all tables; another kind of database has a test of its own. */
    TestDatabase database(Path empty) {
        return new TestDatabase(empty);
    }

    @AfterEach
    void close() {
        log.close();
        test.close();
    }

    @Test
    void aLoggedPredictionIsStoredAsItWas() {
        log.append(Predictions.of("pred_1", "Chaise \"é\" 😀", "a\nb\u0000c", 2280, 0.12345679f, "7"));
        drain(ingest());

        assertThat(predictions().prediction("pred_1"))
                .isEqualTo(new LoggedPrediction(
                        "pred_1",
                        Predictions.TIME,
                        "Chaise \"é\" 😀",
                        "a\nb\ufffdc",
                        2280,
                        0.12345679f,
                        18,
                        "7",
                        "Production"));
        assertThat(catchThrowableOfType(
                                ControlRoomException.class, () -> predictions().prediction("pred_2"))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void everyLineIsStoredOnceOverRotationsAndRestarts() {
        List<String> ids = new ArrayList<>();
        PredictionIngest ingest = ingest();
        for (int i = 0; i < 300; i++) {
            ids.add(0, "pred_" + i);
            log.append(Predictions.of("pred_" + i, "designation " + i, "x".repeat(200)));
            if (i % 7 == 0) {
                ingest.ingest();
            }
            if (i % 50 == 49) {
                log.close();
                log = openLog();
                ingest = ingest();
            }
        }
        drain(ingest);

        assertThat(storedIds()).isEqualTo(ids);
        assertThat(log.rotated()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aRotatedFileIsKeptUntilItIsStored() {
        for (int i = 0; i < 100; i++) {
            log.append(Predictions.of("pred_" + i, "designation", "x".repeat(200)));
        }
        assertThat(log.rotated()).hasSizeGreaterThan(2);
        PredictionIngest ingest = ingest();
        ingest.ingest();
        assertThat(log.rotated()).hasSizeGreaterThan(2);
        drain(ingest);
        assertThat(log.rotated()).hasSize(2);
        assertThat(storedIds()).hasSize(100);
    }

    @Test
    void theBacklogGrowsWithTheLogAndIsZeroWhenAllIsStored() {
        PredictionIngest ingest = ingest();
        assertThat(ingest.backlogBytes()).isZero();
        for (int i = 0; i < 100; i++) {
            log.append(Predictions.of("pred_" + i, "designation", "x".repeat(200)));
        }
        assertThat(log.rotated()).isNotEmpty();
        assertThat(ingest.backlogBytes()).isGreaterThan(100 * 200);

        drain(ingest);
        assertThat(ingest.backlogBytes()).isZero();

        log.append(Predictions.of("pred_last", "designation", "x".repeat(200)));
        assertThat(ingest.backlogBytes()).isBetween(200L, 600L);

        PredictionIngest afterRestart = ingest();
        drain(afterRestart);
        assertThat(afterRestart.backlogBytes()).isZero();
    }

    @Test
    void aCopiedOrDamagedLineStopsNothing() throws IOException {
        log.append(Predictions.of("pred_1", "a", ""));
        log.append(Predictions.of("pred_2", "b", ""));
        log.close();
        Path active = folder.resolve("inference_log.csv");
        List<String> lines = Files.readAllLines(active);
        Files.writeString(active, "not,a,line\n" + lines.get(2) + "\n", StandardOpenOption.APPEND);
        log = openLog();
        log.append(Predictions.of("pred_3", "c", ""));
        drain(ingest());

        assertThat(storedIds()).containsExactly("pred_3", "pred_2", "pred_1");
    }

    @Test
    void aDatabaseThatIsAwayOnlyDelays() {
        log.append(Predictions.of("pred_1", "a", ""));
        PredictionIngest ingest = ingest();
        test.database.write("take away", connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("ALTER TABLE predictions RENAME TO away");
            }
        });
        assertThat(catchThrowableOfType(ControlRoomException.class, ingest::ingest))
                .isNotNull();
        log.append(Predictions.of("pred_2", "b", ""));
        test.database.write("bring back", connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute("ALTER TABLE away RENAME TO predictions");
            }
        });
        drain(ingest);
        assertThat(storedIds()).containsExactly("pred_2", "pred_1");
    }

    @Test
    void twoIngestsOfOneLogStoreEachLineOnce() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            log.append(Predictions.of("pred_" + i, "a", ""));
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Runnable drain = () -> drain(ingest());
            for (Future<?> each : List.of(threads.submit(drain), threads.submit(drain))) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(storedIds()).hasSize(5_000).doesNotHaveDuplicates();
    }

    @Test
    void theThreadMovesLinesWithinSecondsAndStops() {
        try (PredictionIngest ingest = ingest()) {
            ingest.start();
            log.append(Predictions.of("pred_1", "a", ""));
            long end = System.nanoTime() + 30_000_000_000L;
            while (storedIds().isEmpty() && System.nanoTime() < end) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        assertThat(storedIds()).containsExactly("pred_1");
    }

    @Test
    void predictionsAreFilteredAndPagedNewestFirst() {
        IntStream.range(0, 20)
                .forEach(i -> log.append(Predictions.of(
                        "pred_" + i, "Title_" + i, "", i % 2 == 0 ? 10 : 20, i / 20f, i < 10 ? "1" : "2")));
        drain(ingest());

        assertThat(ids(Map.of("label", "10", "model_version", "2")))
                .containsExactly("pred_18", "pred_16", "pred_14", "pred_12", "pred_10");
        assertThat(ids(Map.of("max_confidence", "0.15"))).containsExactly("pred_3", "pred_2", "pred_1", "pred_0");
        assertThat(ids(Map.of("text", "TITLE_1"))).hasSize(11);
        assertThat(catchThrowableOfType(ControlRoomException.class, () -> ids(Map.of("max_confidence", "NaN"))))
                .hasMessage("predictions: max_confidence: 'NaN'; must be a finite number");
    }

    @Test
    void aSearchOverManyStretchesFindsEachOnceInBothOrders() {
        int count = 8 * PredictionSearch.STRETCH + 100;
        IntStream.range(0, count)
                .forEach(i -> log.append(Predictions.at(
                        Predictions.TIME.plusSeconds(i), "pred_" + i, i % 997 == 0 ? "rare" : "common", i % 2 * 0.5f)));
        drain(ingest());
        List<String> rare = IntStream.iterate(0, i -> i < count, i -> i + 997)
                .mapToObj(i -> "pred_" + i)
                .toList();
        // No patience at all: each page ends after one stretch.
        for (PredictionSearch search : List.of(
                new PredictionSearch(PredictionTable.PREDICTIONS, Duration.ZERO),
                new PredictionSearch(PredictionTable.PREDICTIONS, Duration.ofMinutes(1)))) {
            assertThat(found(search, "time", 3, "text", "RARE")).isEqualTo(rare);
            List<String> newestFirst = new ArrayList<>(rare);
            java.util.Collections.reverse(newestFirst);
            assertThat(found(search, null, 2, "text", "rare")).isEqualTo(newestFirst);
            assertThat(found(search, "-time", 500, "text", "rare", "max_confidence", "0.2"))
                    .containsExactly("pred_3988", "pred_1994", "pred_0");
            assertThat(found(search, null, 500, "min_confidence", "0.4")).hasSize(count / 2);
            assertThat(found(search, null, 500, "from", time(997), "to", time(3988), "text", "rare"))
                    .containsExactly("pred_2991", "pred_1994", "pred_997");
            assertThat(found(search, null, 500, "from", time(count))).isEmpty();
            assertThat(found(search, null, 500, "to", time(0))).isEmpty();
            assertThat(found(search, "time", 500, "to", time(2))).containsExactly("pred_0", "pred_1");
        }
    }

    private static String time(int second) {
        return Predictions.TIME.plusSeconds(second).toString();
    }

    private List<String> found(PredictionSearch search, @Nullable String sort, int limit, String... filters) {
        TreeMap<String, String> asked = new TreeMap<>();
        for (int i = 0; i < filters.length; i += 2) {
            asked.put(filters[i], filters[i + 1]);
        }
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            PageRequest request = new PageRequest(asked, sort, cursor, limit);
            Page<LoggedPrediction> page = test.database.read("search", connection -> search.page(connection, request));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(prediction -> ids.add(prediction.id()));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private PredictionIngest ingest() {
        return new PredictionIngest(log, test.database, 2, InstantSource.system());
    }

    private InferenceLog openLog() {
        return new InferenceLog(folder, 6_000, InstantSource.system());
    }

    private CsvPredictionLog predictions() {
        return new CsvPredictionLog(log, test.database);
    }

    private static void drain(PredictionIngest ingest) {
        while (ingest.ingest() > 0) {
            // each call moves one batch
        }
    }

    private List<String> storedIds() {
        return ids(Map.of());
    }

    private List<String> ids(Map<String, String> filters) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            Page<LoggedPrediction> page =
                    predictions().predictions(new PageRequest(new TreeMap<>(filters), null, cursor, 7 * 61));
            page.items().forEach(prediction -> ids.add(prediction.id()));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }
}

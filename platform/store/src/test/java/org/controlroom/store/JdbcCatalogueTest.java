package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.CatalogueTotals;
import org.controlroom.core.model.DatasetSnapshot;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.core.model.RunStatus;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcCatalogueTest {

    private static final String X_HEADER = ",designation,description,productid,imageid\n";
    private static final String Y_HEADER = ",prdtypecode\n";

    @TempDir
    Path folder;

    private TestDatabase test;
    private JdbcCatalogue catalogue;

    @BeforeEach
    void open() {
        test = database(folder);
        catalogue = new JdbcCatalogue(test.database, InstantSource.system());
    }

    /** Fresh and with all tables; another kind of database has a test of its own. */
    TestDatabase database(Path empty) {
        return new TestDatabase(empty);
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aCleanCatalogueIsLoadedWithLineBreaksEntitiesAndEmptyFields() {
        CatalogueLoad load = load(
                "first",
                "0,Chaise,\"<b>Belle</b>\nchaise &eacute;\"\"x\"\"\",10,100\n1,Table,,11,\n",
                "0,1560\n1,2280\n");

        assertThat(load.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(List.of(load.rowsRead(), load.rowsAdded(), load.rowsChanged(), load.rowsRejected()))
                .containsExactly(2L, 2L, 0L, 0L);
        List<LabelledProduct> all = labelled();
        assertThat(all).extracting(LabelledProduct::label).containsExactly(1560, 2280);
        assertThat(all.get(0).product().description()).isEqualTo("<b>Belle</b>\nchaise &eacute;\"x\"");
        assertThat(all.get(1).product().description()).isEmpty();
        assertThat(all.get(1).imageId()).isNull();
        assertThat(catalogue.totals()).isEqualTo(new CatalogueTotals(2, 2, new TreeMap<>(Map.of(1560, 1L, 2280, 1L))));
    }

    /** Runs where the data folder is beside the checkout. */
    @Test
    void aRealCatalogueInTheChallengesLayoutIsLoadedUnchanged() {
        Path data = Path.of("../../../shared/data/debcat").toAbsolutePath().normalize();
        assumeTrue(Files.isDirectory(data), data + " is not there");

        CatalogueLoad load = catalogue.load(
                "real",
                data.resolve("X_train_update.csv.gz"),
                data.resolve("Y_train_CVw08PX.csv"),
                CataloguePortion.WHOLE,
                Progress.NONE);

        assertThat(load.rowsAdded()).isEqualTo(load.rowsRead()).isEqualTo(43_798);
        assertThat(load.rowsRejected()).isZero();
        assertThat(catalogue.totals().byLabel()).hasSize(27);
    }

    @Test
    void badRowsAreKeptAsideWithFileLineReasonAndText() {
        CatalogueLoad load = load("bad rows", """
                        0,Chaise,"two
                        lines",10,100
                        1,  ,no title,11,
                        2,Table,,10,
                        3,Lampe,,twelve,
                        4,Lit,"short
                        row"
                        5,Banc,,15,
                        6,Pouf,,16,
                        """, "0,1560\n1,1560\n2,1560\n3,1560\n4,1560\n5,\n77,40\n6,50\n");

        assertThat(load.rowsRead()).isEqualTo(7);
        assertThat(load.rowsAdded()).isEqualTo(3);
        assertThat(load.rowsRejected()).isEqualTo(6);
        List<RejectedRow> rejected =
                catalogue.rejectedRows(load.id(), PageRequest.first(100)).items();
        assertThat(rejected)
                .extracting(row -> row.file() + ":" + row.line() + " " + row.reason() + " [" + row.text() + "]")
                .containsExactly(
                        "X.csv:4 designation is blank; must have 1..10000 characters [1,  ,no title,11,]",
                        "X.csv:5 productid 10 was in this file before; must be unique [2,Table,,10,]",
                        "X.csv:6 productid 'twelve'; must be a whole number from 0 to 9223372036854775807"
                                + " [3,Lampe,,twelve,]",
                        "X.csv:7 3 columns; must be 5 [4,Lit,\"short\nrow\"]",
                        "Y.csv:7 prdtypecode is missing; must be 1..2147483647 [5,]",
                        "Y.csv:8 label for row index 77, for which X.csv has no row without a label [77,40]");
        assertThat(rejected)
                .extracting(RejectedRow::words)
                .allSatisfy(words -> assertThat(words).isNotNull())
                .extracting(words -> Objects.requireNonNull(words).key() + words.values())
                .containsExactly(
                        "row-blank[designation, 10000]",
                        "row-product-twice[10]",
                        "row-number[productid, 'twelve', 9223372036854775807]",
                        "row-columns[3, 5]",
                        "row-code-missing[2147483647]",
                        "row-label-alone[77, X.csv]");
        assertThat(labelled()).extracting(LabelledProduct::productId).containsExactly(10L, 16L);
    }

    @Test
    void labelsFindTheirProductsInWhateverOrderTheFilesAre() {
        load("shuffled", "5,E,,105,\n9,I,,109,\n2,B,,102,\n7,G,,107,\n", "7,70\n5,50\n2,20\n9,90\n");

        assertThat(labelled())
                .extracting(product -> product.productId() + "=" + product.label())
                .containsExactly("102=20", "105=50", "107=70", "109=90");
    }

    @Test
    void aProductWithoutALabelIsLoadedUnlabelled() {
        load("unlabelled", "0,A,,100,\n1,B,,101,\n2,C,,102,\n", "0,10\n2,30\n");

        assertThat(catalogue.totals().products()).isEqualTo(3);
        assertThat(labelled()).extracting(LabelledProduct::productId).containsExactly(100L, 102L);
    }

    @Test
    void aSecondLoadUpdatesByProductIdAndCountsWhatChanged() {
        load("one", "0,A,text,100,1\n1,B,,101,\n2,C,,102,\n", "0,10\n1,20\n2,30\n");
        CatalogueLoad second =
                load("two", "0,A,text,100,1\n1,B,new text,101,\n2,C,,102,\n3,D,,103,\n", "0,10\n1,20\n2,31\n3,40\n");

        assertThat(List.of(second.rowsRead(), second.rowsAdded(), second.rowsChanged()))
                .containsExactly(4L, 1L, 2L);
        assertThat(labelled()).extracting(LabelledProduct::label).containsExactly(10, 20, 31, 40);
        assertThat(labelled().get(1).product().description()).isEqualTo("new text");
    }

    @Test
    void loadingUnderACompletedNameReadsNothing() {
        CatalogueLoad first = load("same", "0,A,,100,\n", "0,10\n");

        assertThat(catalogue.load(
                        "same", Path.of("nowhere"), Path.of("nowhere"), CataloguePortion.WHOLE, Progress.NONE))
                .isEqualTo(first);
    }

    @Test
    void aFailedLoadChangesNothingAndCanBeTriedAgain() {
        load("before", "0,A,,100,\n", "0,10\n");
        ControlRoomException failure = failure("again", utf8(X_HEADER + "0,A,changed,100,\n1,\"B,,101,\n"), "0,10\n");

        assertThat(failure.code()).isEqualTo(ErrorCode.CATALOGUE_INVALID);
        assertThat(failure).hasMessageContaining("X.csv").hasMessageContaining("line 2");
        assertThat(labelled().get(0).product().description()).isEmpty();
        Page<CatalogueLoad> failed =
                catalogue.loads(new PageRequest(new TreeMap<>(Map.of("status", "failed")), null, null, 10));
        assertThat(failed.items()).singleElement().satisfies(load -> {
            assertThat(load.batchName()).isEqualTo("again");
            assertThat(load.error()).isEqualTo(failure.getMessage());
        });
        assertThat(load("again", "0,A,changed,100,\n", "0,10\n").rowsChanged()).isEqualTo(1);
    }

    @Test
    void aFailedLoadKeepsItsRejectedRowsUntilItIsTriedAgain() {
        load("before", "0,A,,100,\n", "0,10\n");
        failure("bad", utf8(X_HEADER + "0,A,changed,100,\n1,,,101,\n2,C,,102,\n3,\"D,,103,\n"), "0,10\n1,20\n2,30\n");

        CatalogueLoad failed = catalogue.loads(PageRequest.first(1)).items().get(0);
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(Objects.requireNonNull(failed.errorReason()))
                .returns("file-not-csv", Reason::key)
                .returns(failed.error(), Reason::text);
        assertThat(List.of(failed.rowsRead(), failed.rowsAdded(), failed.rowsChanged(), failed.rowsRejected()))
                .containsExactly(3L, 0L, 0L, 1L);
        assertThat(catalogue.rejectedRows(failed.id(), PageRequest.first(10)).items())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.line()).isEqualTo(3);
                    assertThat(row.reason()).startsWith("designation is blank");
                    assertThat(row.text()).isEqualTo("1,,,101,");
                });
        assertThat(labelled())
                .singleElement()
                .satisfies(
                        product -> assertThat(product.product().description()).isEmpty());

        CatalogueLoad again = load("bad", "0,A,changed,100,\n", "0,10\n");
        assertThat(catalogue.rejectedRows(again.id(), PageRequest.first(10)).items())
                .isEmpty();
    }

    @Test
    void aFailedLoadKeepsNoMoreRejectedRowsThanFitInMemory() {
        String rows = IntStream.range(0, 1_500).mapToObj(i -> i + ",,,1,\n").collect(Collectors.joining());
        failure("all bad", utf8(X_HEADER + rows), "0,10\n");

        CatalogueLoad failed = catalogue.loads(PageRequest.first(1)).items().get(0);
        assertThat(failed.rowsRejected()).isEqualTo(1_500);
        Page<RejectedRow> last = catalogue.rejectedRows(failed.id(), new PageRequest(new TreeMap<>(), null, null, 500));
        last = catalogue.rejectedRows(failed.id(), new PageRequest(new TreeMap<>(), null, last.next(), 500));
        assertThat(last.items())
                .hasSize(500)
                .last()
                .satisfies(row -> assertThat(row.line()).isEqualTo(1_001));
        assertThat(last.next()).isNull();
    }

    @Test
    void aFileThatIsNotTheChallengesFailsAsAWhole() {
        String good = X_HEADER + "0,A,,100,\n";
        assertThat(failure("columns", utf8("id,title\n0,A\n"), "0,10\n"))
                .hasMessage("X.csv line 1: columns 'id,title'; must be ',designation,description,productid,imageid'");
        assertThat(failure("no rows", utf8(X_HEADER), "0,10\n"))
                .hasMessage("X.csv has no rows after its header; must have at least 1");
        assertThat(failure("empty", new byte[0], "0,10\n")).hasMessageContaining("X.csv is empty");
        assertThat(failure("all bad", utf8(X_HEADER + "0,,,1,\n"), "0,10\n"))
                .hasMessageContaining("none of its 1 rows can be taken")
                .hasMessageContaining("line 2: designation is blank");
        assertThat(failure("labels", utf8(good), "0,10\n1,\"2\n")).hasMessageContaining("Y.csv");
        byte[] latin1 =
                (X_HEADER + "0,A,,100,\n1,\"x\ny\",,101,\n2,Caf\u00e9,,102,\n").getBytes(Charset.forName("ISO-8859-1"));
        assertThat(failure("latin", latin1, "0,10\n"))
                .hasMessage("X.csv line 5: bytes that are not UTF-8; save the file as UTF-8");
        assertThat(catchThrowableOfType(
                        ControlRoomException.class,
                        () -> catalogue.load(
                                "missing",
                                folder.resolve("none.csv"),
                                folder.resolve("n"),
                                CataloguePortion.WHOLE,
                                Progress.NONE)))
                .hasMessageContaining("there is no such file");
        assertThat(catalogue.totals().products()).isZero();
    }

    @Test
    void aByteOrderMarkAndGzipAreAccepted() throws IOException {
        Path x = folder.resolve("X.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(x))) {
            out.write(utf8("\uFEFF" + X_HEADER + "0,A,,100,\n"));
        }
        Path y = Files.write(folder.resolve("Y.csv"), utf8("\uFEFF" + Y_HEADER + "0,10\n"));

        assertThat(catalogue
                        .load("marked", x, y, CataloguePortion.WHOLE, Progress.NONE)
                        .rowsAdded())
                .isEqualTo(1);
        assertThat(labelled()).hasSize(1);
    }

    @Test
    void cancellingLeavesNoTrace() {
        Progress cancelled = new Progress() {
            @Override
            public void report(String what, long done, long total) {}

            @Override
            public void throwIfCancelled() {
                throw new ControlRoomException(ErrorCode.CANCELLED, "cancelled");
            }
        };
        Path x = write("X.csv", utf8(X_HEADER + "0,A,,100,\n"));
        Path y = write("Y.csv", utf8(Y_HEADER + "0,10\n"));

        assertThat(catchThrowableOfType(
                                ControlRoomException.class,
                                () -> catalogue.load("c", x, y, CataloguePortion.WHOLE, cancelled))
                        .code())
                .isEqualTo(ErrorCode.CANCELLED);
        assertThat(catalogue.totals().products()).isZero();
    }

    @Test
    void aLoadCutOffByAKillIsMarkedAsFailedAtTheNextStart() {
        load("kept", "0,A,,100,\n", "0,10\n");
        test.database.write("cut off", connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate("INSERT INTO data_loads (batch_name, source, total_rows, rows_added,"
                        + " rows_changed, rows_rejected, started_at, status) VALUES"
                        + " ('cut', 's', 0, 0, 0, 0, CURRENT_TIMESTAMP, 'running')");
            }
        });

        catalogue.recover();

        CatalogueLoad newest = catalogue.loads(PageRequest.first(1)).items().get(0);
        assertThat(newest.status()).isEqualTo(RunStatus.FAILED);
        assertThat(newest.error()).contains("the process ended");
        assertThat(catalogue.totals().products()).isEqualTo(1);
    }

    @Test
    void productsAreFilteredSortedAndPaged() {
        StringBuilder x = new StringBuilder();
        StringBuilder y = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            x.append(i)
                    .append(",Chaise 100% n_")
                    .append(i)
                    .append(",,")
                    .append(1000 + i)
                    .append(",\n");
            y.append(i).append(',').append(i % 2 == 0 ? 10 : 20).append('\n');
        }
        load("paged", x.toString(), y.toString());

        List<Long> ids = new ArrayList<>();
        PageRequest request = new PageRequest(new TreeMap<>(Map.of("label", "10")), "-product_id", null, 5);
        Page<LabelledProduct> page = catalogue.products(request);
        while (true) {
            page.items().forEach(product -> ids.add(product.productId()));
            if (page.next() == null) {
                break;
            }
            page = catalogue.products(new PageRequest(request.filters(), request.sort(), page.next(), 5));
        }
        assertThat(ids)
                .hasSize(13)
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .doesNotHaveDuplicates();
        assertThat(found("text", "0% N_2"))
                .extracting(LabelledProduct::productId)
                .containsExactly(1002L, 1020L, 1021L, 1022L, 1023L, 1024L);
        assertThat(found("text", "n%2")).isEmpty();
    }

    @Test
    void aProductTellsWhichLoadsAddedAndChangedItAndWhatTheyChanged() {
        CatalogueLoad first = load("first", "0,A,,100,\n1,B,,101,\n2,C,,102,\n", "0,10\n1,10\n");
        load("same", "0,A,,100,\n1,B,,101,\n", "0,10\n1,10\n");
        CatalogueLoad second = load("second", "0,A,new,100,7\n2,B,,101,\n1,C,,102,\n", "0,20\n1,30\n2,10\n");
        JdbcCatalogueViews views = new JdbcCatalogueViews(test.database, InstantSource.system());

        assertThat(views.product(100).changes())
                .extracting(change -> change.loadId() + " " + change.operation() + " " + change.fields())
                .containsExactly(
                        second.id() + " update [description, imageid, prdtypecode]", first.id() + " insert []");
        assertThat(views.product(100).product().label()).isEqualTo(20);
        assertThat(views.product(101).changes()).hasSize(1);
        assertThat(views.product(102).changes())
                .extracting(change -> change.batchName() + " " + change.fields())
                .containsExactly("second [prdtypecode]", "first []");
        assertThat(second.rowsChanged()).isEqualTo(2);
        assertThat(catchThrowableOfType(ControlRoomException.class, () -> views.product(5))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void productsWithoutALabelFileKeepTheLabelsTheyHave() throws IOException {
        load("labelled", "0,A,,100,\n", "0,10\n");
        Path x = Files.writeString(folder.resolve("alone.csv"), X_HEADER + "0,B,,100,\n1,  ,,101,\n2,C,,102,\n");

        CatalogueLoad alone = catalogue.load("alone", x, null, CataloguePortion.WHOLE, Progress.NONE);

        assertThat(List.of(alone.rowsRead(), alone.rowsAdded(), alone.rowsChanged(), alone.rowsRejected()))
                .containsExactly(3L, 1L, 1L, 1L);
        assertThat(catalogue.totals()).isEqualTo(new CatalogueTotals(2, 1, new TreeMap<>(Map.of(10, 1L))));
        assertThat(found("text", "b")).extracting(LabelledProduct::label).containsExactly(10);
    }

    @Test
    void statisticsAreThoseOfTheNewestLoad() {
        JdbcCatalogueViews views = new JdbcCatalogueViews(test.database, InstantSource.system());
        assertThat(views.statistics().products()).isZero();
        assertThat(views.statistics().loadId()).isNull();
        load("one", "0,A,,100,\n", "0,10\n");
        assertThat(views.statistics().products()).isEqualTo(1);
        load("two", "0,Un livre pour tous,,101,\n", "0,10\n");
        assertThat(views.statistics().byLabel()).containsEntry(10, 2L);
        assertThat(views.statistics().byLanguage()).containsEntry("fr", 1L).containsEntry("unknown", 1L);
    }

    @Test
    void requestsThatAListDoesNotKnowFailWithWhatItKnows() {
        assertInvalid(
                new PageRequest(new TreeMap<>(Map.of("colour", "red")), null, null, 5),
                "products: colour: is not a filter; known are [label, text]");
        assertInvalid(
                new PageRequest(new TreeMap<>(), "price", null, 5),
                "products: sort: 'price'; must be one of [product_id]");
        assertInvalid(PageRequest.first(0), "products: limit: '0'; must be 1..500");
        assertInvalid(PageRequest.first(501), "products: limit: '501'; must be 1..500");
        assertInvalid(
                new PageRequest(new TreeMap<>(), null, "nonsense!", 5),
                "products: cursor: 'nonsense!'; must be the 'next' of a page with the same filters and sort");
        assertInvalid(
                new PageRequest(new TreeMap<>(Map.of("label", "x")), null, null, 5),
                "products: label: 'x'; must be a whole number");
        assertInvalid(
                new PageRequest(new TreeMap<>(Map.of("label", "x", "colour", "red")), "price", null, 0),
                "products: colour: is not a filter; known are [label, text]; label: 'x'; must be a whole number;"
                        + " sort: 'price'; must be one of [product_id]; limit: '0'; must be 1..500");
    }

    @Test
    void snapshotsAreRememberedOnceForEachRun() {
        Instant time = Instant.parse("2026-01-02T03:04:05.123456Z");
        catalogue.saveSnapshot(new DatasetSnapshot("aa", "run-1", time, 8, 2, new TreeMap<>(Map.of(10, 10L))));
        catalogue.saveSnapshot(new DatasetSnapshot("bb", "run-2", time, 8, 2, new TreeMap<>(Map.of(10, 10L))));
        DatasetSnapshot again = new DatasetSnapshot("cc", "run-2", time, 9, 1, new TreeMap<>(Map.of(10, 9L, 20, 1L)));
        catalogue.saveSnapshot(again);

        assertThat(catalogue.snapshots(PageRequest.first(10)).items())
                .extracting(DatasetSnapshot::hash)
                .containsExactly("cc", "aa");
        assertThat(catalogue.snapshots(PageRequest.first(1)).items()).containsExactly(again);
    }

    private void assertInvalid(PageRequest request, String message) {
        ControlRoomException failure =
                catchThrowableOfType(ControlRoomException.class, () -> catalogue.products(request));
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(failure).hasMessage(message);
    }

    private List<LabelledProduct> found(String field, String value) {
        return catalogue
                .products(new PageRequest(new TreeMap<>(Map.of(field, value)), null, null, 500))
                .items();
    }

    private List<LabelledProduct> labelled() {
        List<LabelledProduct> all = new ArrayList<>();
        catalogue.forEachLabelled(all::add);
        return all;
    }

    private CatalogueLoad load(String name, String x, String y) {
        return catalogue.load(
                name,
                write("X.csv", utf8(X_HEADER + x)),
                write("Y.csv", utf8(Y_HEADER + y)),
                CataloguePortion.WHOLE,
                Progress.NONE);
    }

    private ControlRoomException failure(String name, byte[] x, String y) {
        Path products = write("X.csv", x);
        Path labels = write("Y.csv", utf8(Y_HEADER + y));
        ControlRoomException failure = catchThrowableOfType(
                ControlRoomException.class,
                () -> catalogue.load(name, products, labels, CataloguePortion.WHOLE, Progress.NONE));
        assertThat(failure.code()).isEqualTo(ErrorCode.CATALOGUE_INVALID);
        return failure;
    }

    private Path write(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

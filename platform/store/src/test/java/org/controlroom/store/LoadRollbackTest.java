package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.ProductRevision;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadRollbackTest {

    @TempDir
    Path folder;

    private TestDatabase test;
    private JdbcCatalogue catalogue;
    private JdbcCatalogueViews views;

    @BeforeEach
    void open() {
        test = database(folder);
        catalogue = new JdbcCatalogue(test.database, InstantSource.system());
        views = new JdbcCatalogueViews(test.database, InstantSource.system());
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
    void everyStateOfAProductIsTold() {
        CatalogueLoad first = load("first", "0,A,old,100,7\n", "0,10\n");
        CatalogueLoad second = load("second", "0,B,old,100,\n", "0,20\n");

        List<ProductRevision> history =
                views.history(100, PageRequest.first(10)).items();

        assertThat(history)
                .extracting(revision -> revision.loadId() + " " + revision.operation() + " " + shown(revision.before())
                        + " -> " + shown(revision.after()))
                .containsExactly(
                        second.id() + " update A|old|7|10 -> B|old|null|20", first.id() + " insert null -> A|old|7|10");
        assertThat(views.changes(second.id(), PageRequest.first(10)).items()).containsExactly(history.get(0));
        assertThat(views.changes(first.id(), PageRequest.first(10)).items()).containsExactly(history.get(1));
        assertThat(code(() -> views.history(5, PageRequest.first(1)))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(() -> views.changes(77, PageRequest.first(1)))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void aLateLabelOfAChangedProductIsKeptWithTheRestOfTheChange() {
        load("first", "0,A,,100,\n1,B,,101,\n2,C,,102,\n", "0,10\n1,10\n2,10\n");
        CatalogueLoad second = load("second", "0,A2,,100,\n1,B,,101,\n2,C2,,102,\n", "2,30\n1,20\n0,20\n");

        assertThat(second.rowsChanged()).isEqualTo(3);
        assertThat(views.history(100, PageRequest.first(1)).items().get(0).fields())
                .containsExactly("designation", "prdtypecode");
        catalogue.rollBack(second.id(), "api", "wrong");
        assertThat(state()).containsEntry(100L, "A||null|10").containsEntry(102L, "C||null|10");
    }

    @Test
    void aRolledBackLoadLeavesTheCatalogueAsItWasAndTheHistoryWhatHappened() {
        load("first", "0,A,old,100,7\n1,B,,101,\n", "0,10\n");
        Map<Long, String> before = state();
        CatalogueLoad second = load("second", "0,A2,new,100,\n1,B,,101,5\n2,C,text,102,9\n", "0,20\n1,30\n2,40\n");
        views.statistics();

        CatalogueLoad undone = catalogue.rollBack(second.id(), "anna", "wrong file");

        assertThat(state()).isEqualTo(before);
        assertThat(titles()).isEqualTo(Map.of(100L, "A", 101L, "B"));
        assertThat(Objects.requireNonNull(undone.rollback()).by()).isEqualTo("anna");
        assertThat(undone.rollback().reason()).isEqualTo("wrong file");
        assertThat(catalogue.loads(PageRequest.first(1)).items()).containsExactly(undone);
        assertThat(views.statistics().products()).isEqualTo(2);
        assertThat(views.statistics().loadId()).isEqualTo(second.id() - 1);
        assertThat(views.product(100).changes()).hasSize(1);
        assertThat(views.history(102, PageRequest.first(5)).items())
                .extracting(revision -> revision.operation() + revision.rolledBack() + shown(revision.after()))
                .containsExactly("inserttrueC|text|9|40");
        assertThat(views.changes(second.id(), PageRequest.first(5)).items())
                .extracting(revision ->
                        revision.productId() + " " + shown(revision.before()) + " -> " + shown(revision.after()))
                .containsExactly(
                        "100 A|old|7|10 -> A2|new|null|20", "101 B||null|null -> B||5|30", "102 null -> C|text|9|40");
    }

    @Test
    void rollingBackTwiceIsRollingBackOnce() {
        CatalogueLoad only = load("only", "0,A,,100,\n", "0,10\n");

        CatalogueLoad first = catalogue.rollBack(only.id(), "anna", "wrong");

        assertThat(catalogue.rollBack(only.id(), "ben", "again")).isEqualTo(first);
        assertThat(state()).isEmpty();
    }

    @Test
    void onlyTheNewestLoadCanBeRolledBack() {
        CatalogueLoad first = load("first", "0,A,,100,\n", "0,10\n");
        CatalogueLoad second = load("second", "0,B,,101,\n", "0,10\n");
        assertThat(code(() -> load("bad", "broken", ""))).isEqualTo(ErrorCode.CATALOGUE_INVALID);
        CatalogueLoad failed = catalogue.loads(PageRequest.first(1)).items().get(0);

        assertThat(catchThrowableOfType(
                        ControlRoomException.class, () -> catalogue.rollBack(first.id(), "api", "wrong")))
                .hasMessage("load " + first.id() + " is not the newest; roll back load " + second.id() + " first");
        assertThat(code(() -> catalogue.rollBack(failed.id(), "api", "wrong"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(() -> catalogue.rollBack(77, "api", "wrong"))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(() -> catalogue.rollBack(second.id(), "api", " "))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(state()).hasSize(2);
        catalogue.rollBack(second.id(), "api", "wrong");
        catalogue.rollBack(first.id(), "api", "wrong");
        assertThat(state()).isEmpty();
    }

    @Test
    void thePortionOfARolledBackLoadIsTakenAgain() {
        StringBuilder x = new StringBuilder();
        StringBuilder y = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            x.append(i).append(",Chaise ").append(i).append(",,").append(i).append(",\n");
            y.append(i).append(",10\n");
        }
        Path products = write("X.csv", X_HEADER + x);
        Path labels = write("Y.csv", Y_HEADER + y);
        catalogue.load("a", products, labels, new CataloguePortion(0, 40, 0), Progress.NONE);
        CatalogueLoad second = catalogue.load("b", products, labels, new CataloguePortion(40, 60, 0), Progress.NONE);
        Map<Long, String> after = state();

        catalogue.rollBack(second.id(), "api", "wrong");

        assertThat(catalogue.loadedPercent(products, labels, 0)).isEqualTo(40);
        CatalogueLoad again = catalogue.load("c", products, labels, new CataloguePortion(40, 60, 0), Progress.NONE);
        assertThat(again.rowsAdded()).isEqualTo(second.rowsAdded()).isPositive();
        assertThat(state()).isEqualTo(after);
        assertThat(views.changes(again.id(), PageRequest.first(500)).items()).hasSize((int) again.rowsAdded());
    }

    @Test
    void changesFromBeforeValuesWereKeptCannotBeRolledBack() {
        load("first", "0,A,,100,\n", "0,10\n");
        CatalogueLoad second = load("second", "0,B,,100,\n", "0,10\n");
        test.database.write(
                "as of an older version",
                connection -> Statements.update(
                        connection, "UPDATE products_history SET values_kept = FALSE, kept_designation = NULL"));

        assertThat(code(() -> catalogue.rollBack(second.id(), "api", "wrong"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(state()).containsEntry(100L, "B||null|10");
        assertThat(views.history(100, PageRequest.first(9)).items())
                .extracting(ProductRevision::before)
                .containsOnlyNulls();
    }

    /** Random loads and rollbacks; a model of maps says what must be there, and the history tells every state. */
    @Test
    void anyLoadsAndRollbacksEndWhereTheyShould() {
        Random random = new Random(11);
        Deque<Map<Long, String>> states = new ArrayDeque<>(List.of(new TreeMap<>()));
        Deque<CatalogueLoad> done = new ArrayDeque<>();
        Map<String, String> told = new HashMap<>();
        for (int step = 0; step < 60; step++) {
            if (!done.isEmpty() && random.nextInt(5) < 2) {
                catalogue.rollBack(done.pop().id(), "api", "step " + step);
                states.pop();
            } else {
                done.push(randomLoad(random, step));
                states.push(state());
                for (long id = 0; id < 8; id++) {
                    told.put(done.element().id() + " " + id, String.valueOf(state().get(id)));
                }
            }
            assertThat(state()).isEqualTo(states.element());
            assertThat(titles().keySet()).isEqualTo(states.element().keySet());
        }
        for (long id = 0; id < 8; id++) {
            for (ProductRevision revision : all(id)) {
                assertThat(shown(revision.after())).isEqualTo(told.get(revision.loadId() + " " + id));
            }
        }
    }

    private List<ProductRevision> all(long id) {
        List<ProductRevision> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<ProductRevision> page = views.history(id, new PageRequest(new TreeMap<>(), null, cursor, 3));
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private CatalogueLoad randomLoad(Random random, int step) {
        StringBuilder x = new StringBuilder();
        StringBuilder y = new StringBuilder();
        List<Integer> ids = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7));
        java.util.Collections.shuffle(ids, random);
        int rows = 1 + random.nextInt(5);
        for (int i = 0; i < rows; i++) {
            x.append(i).append(",T").append(random.nextInt(3)).append(",D").append(random.nextInt(3));
            x.append(',').append(ids.get(i)).append(',').append(random.nextBoolean() ? "" : random.nextInt(3));
            x.append('\n');
            int other = random.nextInt(3) == 0 ? rows - 1 - i : i;
            y.append(other).append(',').append(1 + random.nextInt(3)).append('\n');
        }
        return load("step " + step, x.toString(), y.toString());
    }

    private static final String X_HEADER = ",designation,description,productid,imageid\n";
    private static final String Y_HEADER = ",prdtypecode\n";

    private CatalogueLoad load(String name, String x, String y) {
        return catalogue.load(
                name,
                write("X.csv", x.equals("broken") ? x : X_HEADER + x),
                write("Y.csv", Y_HEADER + y),
                CataloguePortion.WHOLE,
                Progress.NONE);
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<Long, String> state() {
        Map<Long, String> state = new TreeMap<>();
        catalogue
                .products(PageRequest.first(500))
                .items()
                .forEach(product -> state.put(product.productId(), shown(product)));
        return state;
    }

    private Map<Long, String> titles() {
        Map<Long, String> titles = new TreeMap<>();
        test.database.read("titles", connection -> {
            Statements.all(
                            connection,
                            row -> Map.entry(row.getLong(1), row.getString(2)),
                            "SELECT productid, designation FROM product_titles")
                    .forEach(title -> titles.put(title.getKey(), title.getValue()));
            return true;
        });
        return titles;
    }

    private static String shown(LabelledProduct product) {
        return product == null
                ? "null"
                : product.product().designation() + "|" + product.product().description() + "|" + product.imageId()
                        + "|" + product.label();
    }

    private static ErrorCode code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ControlRoomException.class, call).code();
    }
}

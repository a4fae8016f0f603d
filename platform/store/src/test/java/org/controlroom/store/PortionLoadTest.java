package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.spi.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortionLoadTest {

    private static final int ROWS = 600;

    @TempDir
    Path folder;

    private TestDatabase test;
    private JdbcCatalogue catalogue;
    private Path products;
    private Path labels;

    @BeforeEach
    void open() throws IOException {
        test = new TestDatabase(folder);
        catalogue = new JdbcCatalogue(test.database, InstantSource.system());
        products = folder.resolve("X.csv");
        labels = folder.resolve("Y.csv");
        write("");
    }

    @AfterEach
    void close() {
        test.close();
    }

    /** Every tenth row cannot be read, every seventh label is wrong; labels come in another order than products. */
    private void write(String addition) throws IOException {
        StringBuilder x = new StringBuilder(",designation,description,productid,imageid\n");
        StringBuilder y = new StringBuilder(",prdtypecode\n");
        for (int i = 0; i < ROWS; i++) {
            x.append(i).append(",Chaise ").append(i).append(addition).append(",,");
            x.append(i % 10 == 3 ? "none" : Integer.toString(1_000 + i)).append(",\n");
            int other = i % 2 == 0 ? i + 1 : i - 1;
            y.append(other).append(',').append(other % 7 == 5 ? "?" : "10").append('\n');
        }
        Files.writeString(products, x);
        Files.writeString(labels, y);
    }

    private CatalogueLoad load(String name, double from, double to) {
        return catalogue.load(name, products, labels, new CataloguePortion(from, to, 3), Progress.NONE);
    }

    private static List<String> rejected(JdbcCatalogue catalogue, CatalogueLoad load) {
        return catalogue.rejectedRows(load.id(), PageRequest.first(500)).items().stream()
                .map(RejectedRow::toString)
                .map(text -> text.replaceAll("loadId=\\d+", ""))
                .toList();
    }

    @Test
    void portionsMakeTheSameCatalogueAsOneLoadOfTheWhole(@TempDir Path other) {
        List<CatalogueLoad> loads = List.of(load("a", 0, 40), load("b", 40, 43), load("c", 43, 100));

        try (TestDatabase whole = new TestDatabase(other)) {
            JdbcCatalogue atOnce = new JdbcCatalogue(whole.database, InstantSource.system());
            CatalogueLoad all = atOnce.load("all", products, labels, CataloguePortion.WHOLE, Progress.NONE);

            assertThat(loads).allSatisfy(load -> assertThat(load.rowsAdded()).isPositive());
            assertThat(loads.stream().mapToLong(CatalogueLoad::rowsRead).sum()).isEqualTo(all.rowsRead());
            assertThat(loads.stream().mapToLong(CatalogueLoad::rowsAdded).sum()).isEqualTo(all.rowsAdded());
            assertThat(loads.stream().mapToLong(CatalogueLoad::rowsChanged).sum())
                    .isZero();
            assertThat(catalogue.totals()).isEqualTo(atOnce.totals());
            List<String> kept = new ArrayList<>();
            loads.forEach(load -> kept.addAll(rejected(catalogue, load)));
            assertThat(kept).containsExactlyInAnyOrderElementsOf(rejected(atOnce, all));
        }
    }

    @Test
    void aPortionLeavesTheOthersAlone() throws IOException {
        CatalogueLoad first = load("first", 0, 40);
        write(" bleue");
        CatalogueLoad second = load("second", 40, 70);
        assertThat(second.rowsChanged()).isZero();
        assertThat(load("first again", 0, 40).rowsChanged()).isEqualTo(first.rowsAdded());
    }

    @Test
    void whatIsLoadedIsKnownBySourceAndSeed() {
        assertThat(catalogue.loadedPercent(products, labels, 3)).isZero();
        load("a", 0, 40);
        load("b", 40, 43);
        assertThat(catalogue.loadedPercent(products, labels, 3)).isEqualTo(43);
        assertThat(catalogue.loadedPercent(products, labels, 4)).isZero();
        assertThat(catalogue.loadedPercent(products, null, 3)).isZero();
        assertThat(catalogue
                        .load(catalogue
                                .loads(PageRequest.first(1))
                                .items()
                                .get(0)
                                .id())
                        .portion())
                .isEqualTo(new CataloguePortion(40, 43, 3));

        catalogue.load("all", products, labels, CataloguePortion.WHOLE, Progress.NONE);
        assertThat(catalogue.loadedPercent(products, labels, 4)).isEqualTo(100);
    }
}

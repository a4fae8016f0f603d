package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.jdbc.Columns;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.Progress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many rows the queries of the dataset pages touch when there are 100,000 products. */
class CataloguePlansTest {

    private static final int PRODUCTS = 100_000;
    private static final int CLASSES = 20;
    private static final Pattern SCANNED = Pattern.compile("scanCount: ([0-9]+)");

    @TempDir
    static Path folder;

    private static TestDatabase test;
    private static JdbcCatalogue catalogue;
    private static JdbcCatalogueViews views;
    private static CatalogueLoad load;

    @BeforeAll
    static void loadProducts() throws IOException {
        test = new TestDatabase(folder);
        catalogue = new JdbcCatalogue(test.database, InstantSource.system(), Duration.ofMinutes(5));
        views = new JdbcCatalogueViews(test.database, InstantSource.system());
        Path x = folder.resolve("X.csv");
        Path y = folder.resolve("Y.csv");
        try (Writer products = Files.newBufferedWriter(x);
                Writer labels = Files.newBufferedWriter(y)) {
            products.write(",designation,description,productid,imageid\n");
            labels.write(",prdtypecode\n");
            for (int i = 0; i < PRODUCTS; i++) {
                String title = i == PRODUCTS - 1 ? "Écran de l'été" : "Chaise " + i;
                products.write(i + "," + title + ",," + (1_000 + i) + ",\n");
                labels.write(i + "," + (10 + i % CLASSES) + "\n");
            }
        }
        load = catalogue.load("plans", x, y, CataloguePortion.WHOLE, Progress.NONE);
    }

    @AfterAll
    static void close() {
        test.close();
    }

    private static long scanned(String sql, Object... values) {
        String plan = test.database.read("explain", connection -> plan(connection, sql, values));
        Matcher matcher = SCANNED.matcher(plan);
        long rows = 0;
        boolean found = false;
        while (matcher.find()) {
            rows += Long.parseLong(matcher.group(1));
            found = true;
        }
        assertThat(found).describedAs(plan).isTrue();
        return rows;
    }

    private static String plan(Connection connection, String sql, Object... values) throws java.sql.SQLException {
        return Statements.first(connection, row -> Columns.text(row, "PLAN"), "EXPLAIN ANALYZE " + sql, values)
                .orElseThrow();
    }

    private static PageRequest request(Map<String, String> filters, @Nullable String sort, @Nullable String cursor) {
        return new PageRequest(new TreeMap<>(filters), sort, cursor, 50);
    }

    @Test
    void countingAllRowsIsSeenByThisTest() {
        assertThat(scanned("SELECT MAX(designation) FROM product_titles")).isGreaterThanOrEqualTo(PRODUCTS);
    }

    @Test
    void oneQueryOfASearchReadsItsWindowOnlyWhereverItStarts() {
        long window = ProductSearch.WINDOW;
        assertThat(scanned(ProductSearch.sql(false, false, false), window)).isLessThanOrEqualTo(window + 1);
        assertThat(scanned(ProductSearch.sql(false, true, false), 50_000L, window))
                .isLessThanOrEqualTo(window + 1);
        assertThat(scanned(ProductSearch.sql(false, true, true), 50_000L, window))
                .isLessThanOrEqualTo(3 * window);
        // the ids of the label, once as found and once as kept, and one title for each, through an index
        assertThat(scanned(ProductSearch.sql(true, true, false), 12, 2_000L, 1_000))
                .isLessThanOrEqualTo(4 * 1_000 + 1);
    }

    @Test
    void aPageOfProductsReadsItsOwnRowsInBothDirections() {
        assertThat(scanned("SELECT p.productid, p.description, l.prdtypecode, p.productid AS sort_value FROM products p"
                        + " LEFT JOIN labels l ON l.productid = p.productid ORDER BY p.productid"
                        + " FETCH FIRST 51 ROWS ONLY"))
                .isLessThanOrEqualTo(3 * 51);
        assertThat(scanned("SELECT p.productid, p.description, l.prdtypecode FROM labels l JOIN products p ON"
                        + " p.productid = l.productid WHERE l.prdtypecode = 12 ORDER BY l.prdtypecode, l.productid"
                        + " FETCH FIRST 51 ROWS ONLY"))
                .isLessThanOrEqualTo(3 * 51);
        assertThat(scanned(ProductSearch.sql(false, false, true), 51)).isLessThanOrEqualTo(3 * 51);
        // of one class, highest id first: all labels of the class, and no row of a product
        assertThat(scanned(ProductSearch.sql(true, false, true), 12, 51))
                .isLessThanOrEqualTo(3L * PRODUCTS / CLASSES + 1);
    }

    @Test
    void oneProductIsReadByItsKey() {
        assertThat(scanned(JdbcCatalogueViews.ONE, 50_000L)).isLessThanOrEqualTo(6);
        assertThat(scanned(JdbcCatalogueViews.CHANGES, 50_000L)).isLessThanOrEqualTo(6);
        assertThat(scanned(JdbcCatalogueViews.NEWEST_LOAD, "completed")).isLessThanOrEqualTo(3);
    }

    @Test
    void aRareWordAtTheEndIsFoundWithoutItsAccentsInOnePage() {
        Page<LabelledProduct> page = catalogue.products(request(Map.of("text", "ETE ecr"), null, null));
        assertThat(page.items()).extracting(LabelledProduct::productId).containsExactly(100_999L);
        assertThat(page.next()).isNull();
    }

    @Test
    void aSearchIsPagedWithoutLossOrRepetitionInBothDirections() {
        for (String sort : new String[] {null, "-product_id"}) {
            List<Long> ids = new ArrayList<>();
            String cursor = null;
            do {
                Page<LabelledProduct> page =
                        catalogue.products(request(Map.of("text", "777", "label", "27"), sort, cursor));
                page.items().forEach(product -> ids.add(product.productId()));
                cursor = page.next();
            } while (cursor != null);
            // of the numbers i with i % 20 = 17, 100 end in 777 and another 4 begin with it
            assertThat(ids).doesNotHaveDuplicates().contains(1_777L, 78_717L).hasSize(104);
            assertThat(ids)
                    .isSortedAccordingTo(sort == null ? (a, b) -> Long.compare(a, b) : (a, b) -> Long.compare(b, a));
        }
    }

    @Test
    void aSearchWhoseTimeIsUpHandsBackHowFarItCame() {
        JdbcCatalogue hasty = new JdbcCatalogue(test.database, InstantSource.system(), Duration.ZERO);
        List<Long> ids = new ArrayList<>();
        int pages = 0;
        String cursor = null;
        do {
            Page<LabelledProduct> page = hasty.products(request(Map.of("text", "ete ecr"), null, cursor));
            page.items().forEach(product -> ids.add(product.productId()));
            cursor = page.next();
            pages++;
        } while (cursor != null);
        assertThat(ids).containsExactly(100_999L);
        assertThat(pages)
                .isBetween(PRODUCTS / ProductSearch.SMALLEST_WINDOW, PRODUCTS / ProductSearch.SMALLEST_WINDOW + 1);
    }

    @Test
    void theTotalsAreThoseOfTheStatisticsOnceTheseAreCounted() {
        CatalogueStatistics counted = views.statistics();
        assertThat(catalogue.totals().products()).isEqualTo(counted.products());
        assertThat(catalogue.totals().byLabel()).isEqualTo(counted.byLabel());
    }

    @Test
    void theStatisticsAreCountedOnceAndKeptOverARestart() {
        CatalogueStatistics first = views.statistics();
        assertThat(first.products()).isEqualTo(PRODUCTS);
        assertThat(first.labelled()).isEqualTo(PRODUCTS);
        assertThat(first.loadId()).isEqualTo(load.id());
        assertThat(first.byLabel()).hasSize(CLASSES).containsEntry(10, 5_000L);
        assertThat(first.withoutDescription()).isEqualTo(PRODUCTS);
        assertThat(views.statistics()).isSameAs(first);
        assertThat(new JdbcCatalogueViews(test.database, InstantSource.system()).statistics())
                .isEqualTo(first);
    }
}

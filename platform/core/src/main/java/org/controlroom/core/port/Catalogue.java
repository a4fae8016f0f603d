package org.controlroom.core.port;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.CatalogueTotals;
import org.controlroom.core.model.DatasetSnapshot;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.spi.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Products and their labels, and how they came here. Thread-safe.
 *
 * <p>Every method throws {@link org.controlroom.spi.ControlRoomException} DATABASE_UNAVAILABLE when the database does not
 * answer, INVALID_INPUT for unknown filters or sorts.
 */
public interface Catalogue {

    /**
     * Loads a product file and its label file, streaming. Upserts by product id; bad rows are kept aside with line and
     * reason, of a load that fails at least the first 1,000; a load that fails or is cut off leaves no trace in products
     * and labels.
     *
     * @param batchName unique label of the load; loading again under the name of a COMPLETED load answers that load
     *     without reading anything, so that a restarted step does not load twice
     * @param products {@code X_train_update.csv} or {@code .csv.gz}, in the challenge's layout
     * @param labels {@code Y_train_CVw08PX.csv} or {@code .csv.gz}, one row for each row of {@code products}; null when
     *     there are no labels, which leaves the labels of known products as they are
     * @param portion whose products are taken; rows of the others are passed over, also by the counters of the load
     * @throws org.controlroom.spi.ControlRoomException CATALOGUE_INVALID for wrong columns, no rows, an unclosed quote or
     *     bytes that are not UTF-8, naming file and line; CANCELLED; STORAGE_FAILED
     */
    CatalogueLoad load(
            String batchName, Path products, @Nullable Path labels, CataloguePortion portion, Progress progress);

    /**
     * How much of these files is loaded in portions that follow each other, 0..100; 0 when nothing is. A load that was
     * rolled back does not count.
     *
     * @param seed of the portions; a load of the whole counts with any
     */
    double loadedPercent(Path products, @Nullable Path labels, long seed);

    /** Newest first. Filters: {@code status}. */
    Page<CatalogueLoad> loads(PageRequest request);

    CatalogueLoad load(long id);

    /**
     * Takes a completed load back in one transaction: products and labels are as they were before it, and the portion that
     * it took counts as not loaded. A load that is rolled back already is answered as it is.
     *
     * @param by who wants it
     * @param reason why, for people, 1..1,000 characters
     * @throws org.controlroom.spi.ControlRoomException NOT_FOUND; CONFLICT for a load that has not completed, while another
     *     load runs, when a later load has to be rolled back first, and for changes from before values were kept
     */
    CatalogueLoad rollBack(long id, String by, String reason);

    /** In file order. */
    Page<RejectedRow> rejectedRows(long loadId, PageRequest request);

    CatalogueTotals totals();

    /** Streams all labelled products in the order of product ids, from one consistent snapshot. */
    void forEachLabelled(Consumer<LabelledProduct> consumer);

    /**
     * Filters: {@code label}, {@code text} (words that all occur in the designation, also within words, ignoring case and
     * accents). Sort: {@code product_id}. A search by text looks at a bounded number of designations for each page: such a
     * page may hold fewer items than asked for, even none, and still have a {@link Page#next()}.
     */
    Page<LabelledProduct> products(PageRequest request);

    /** Remembers a snapshot; one with the same run id is replaced. */
    void saveSnapshot(DatasetSnapshot snapshot);

    /** Newest first. */
    Page<DatasetSnapshot> snapshots(PageRequest request);
}

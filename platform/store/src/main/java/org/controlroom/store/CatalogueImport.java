package org.controlroom.store;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.controlroom.core.catalogue.CatalogueRules;
import org.controlroom.core.catalogue.ProductRow;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads both files of one load, checks each row and hands the good ones of its portion on in batches. A row without a
 * readable product id has its place by its line number, so that each is rejected once over all portions. Runs inside one
 * transaction, so whatever goes wrong, nobody sees anything of the load.
 */
final class CatalogueImport {

    private static final int BATCH_ROWS = 1_000;
    private static final int BATCH_CHARACTERS = 4_000_000;
    private static final int REPORT_ROWS = 10_000;

    /** Position of a rejected product: its label goes nowhere. */
    private static final long NOWHERE = -1;

    private final CatalogueWriter writer;
    private final LoadFindings findings;
    private final long loadId;
    private final CataloguePortion portion;
    private final Progress progress;
    private final List<Row> batch = new ArrayList<>();
    private final LongSet productIds = new LongSet();
    private final LongSet indexes = new LongSet();

    private int batchCharacters;
    private long linesRead;
    private long taken;
    private long added;
    private long changed;

    CatalogueImport(
            CatalogueWriter writer, LoadFindings findings, long loadId, CataloguePortion portion, Progress progress) {
        this.writer = writer;
        this.findings = findings;
        this.loadId = loadId;
        this.portion = portion;
        this.progress = progress;
    }

    /** Reads the files to their end. */
    Outcome run(Path productPath, @Nullable Path labelPath) throws SQLException {
        try (CatalogueFile products = new CatalogueFile(productPath, CatalogueRules.PRODUCT_COLUMNS);
                CatalogueFile labels =
                        labelPath == null ? null : new CatalogueFile(labelPath, CatalogueRules.LABEL_COLUMNS);
                Rejects rejects = new Rejects(findings, loadId, portion, products, labels)) {
            long total = labelPath == null ? -1 : dataLines(labelPath);
            LabelJoin join = new LabelJoin(labels, rejects);
            CsvRecord row;
            while ((row = products.next()) != null) {
                linesRead++;
                take(row, join, rejects);
                boolean full = batch.size() >= BATCH_ROWS || batchCharacters >= BATCH_CHARACTERS;
                if (full) {
                    flush(rejects);
                }
                if (full || linesRead % REPORT_ROWS == 0) {
                    progress.throwIfCancelled();
                    progress.report("loading rows", linesRead, total < 0 ? -1 : Math.max(total, linesRead));
                }
            }
            Map<Long, Integer> late = join.finish(products.name());
            flush(rejects);
            for (Map.Entry<Long, Integer> label : late.entrySet()) {
                changed += writer.putLateLabel(label.getKey(), label.getValue()) ? 1 : 0;
            }
            requireRows(products);
            progress.report("loading rows", linesRead, linesRead);
            return new Outcome(added, changed);
        } catch (IOException e) {
            throw new ControlRoomException(
                    ErrorCode.CATALOGUE_INVALID,
                    Reason.of("file-not-read", "{0}: cannot be read ({1})", productPath, e.getMessage()),
                    e);
        }
    }

    private void take(CsvRecord row, LabelJoin join, Rejects rejects) {
        ProductRow product;
        try {
            product = CatalogueRules.product(row.getFields());
        } catch (ControlRoomException e) {
            if (portion.takes(row.getStartingLineNumber())) {
                findings.addRow();
                rejects.addProduct(row.getStartingLineNumber(), e, row.getFields());
            }
            Long index = CatalogueRules.indexOrNull(row.getFields());
            if (index != null && indexes.add(index)) {
                // Its label goes with it, and the files stay in step.
                join.labelFor(index, NOWHERE);
            }
            return;
        }
        boolean first = indexes.add(product.index());
        if (!portion.takes(product.productId())) {
            if (first) {
                join.labelFor(product.index(), NOWHERE);
            }
            return;
        }
        findings.addRow();
        if (!first) {
            rejects.addProduct(row.getStartingLineNumber(), RowReasons.indexTwice(product.index()), row.getFields());
            return;
        }
        if (!productIds.add(product.productId())) {
            rejects.addProduct(
                    row.getStartingLineNumber(), RowReasons.productTwice(product.productId()), row.getFields());
            join.labelFor(product.index(), NOWHERE);
            return;
        }
        taken++;
        batch.add(new Row(product, join.labelFor(product.index(), product.productId())));
        batchCharacters += product.product().designation().length()
                + product.product().description().length();
    }

    private void requireRows(CatalogueFile products) {
        if (linesRead == 0) {
            throw new ControlRoomException(
                    ErrorCode.CATALOGUE_INVALID,
                    Reason.of(
                            "file-no-rows", "{0} has no rows after its header; must have at least 1", products.name()));
        }
        RejectedRow first = findings.first();
        if (taken == 0 && first != null && portion.isWhole()) {
            throw new ControlRoomException(
                    ErrorCode.CATALOGUE_INVALID,
                    Reason.of(
                            "file-no-row-taken",
                            "{0}: none of its {1} rows can be taken; the first: {2} line {3}: {4}",
                            products.name(),
                            findings.rowsRead(),
                            first.file(),
                            first.line(),
                            first.reason()));
        }
    }

    /** Rows of the label file, to say how far the reading is; -1 when it cannot be told. */
    private static long dataLines(Path labels) {
        try (BufferedReader reader = CatalogueFile.open(labels)) {
            long lines = -1;
            while (reader.readLine() != null) {
                lines++;
            }
            return lines;
        } catch (IOException e) {
            // Whatever is wrong with the file is told with its line when the rows are read.
            return -1;
        }
    }

    private void flush(Rejects rejects) throws SQLException {
        progress.throwIfCancelled();
        for (CatalogueWriter.Effect effect : writer.put(batch)) {
            added += effect.added() ? 1 : 0;
            changed += effect.changed() ? 1 : 0;
        }
        writer.putRejects(rejects.take());
        batch.clear();
        batchCharacters = 0;
    }

    /**
     * A good row.
     *
     * @param label null while it is not known
     */
    record Row(ProductRow product, @Nullable Integer label) {}

    /** What a load did to the products. */
    record Outcome(long added, long changed) {}
}

package org.controlroom.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** Rejected rows of one load on their way to the table. */
final class Rejects implements AutoCloseable {

    private static final int PRODUCT_FILE = 1;
    private static final int LABEL_FILE = 2;
    private static final long FILE_STEP = 1_000_000_000_000L;

    private final LoadFindings findings;
    private final long loadId;
    private final CataloguePortion portion;
    private final CatalogueFile products;
    private final @Nullable CatalogueFile labels;
    private final RowText productTexts;
    private final @Nullable RowText labelTexts;
    private final List<Reject> waiting = new ArrayList<>();

    Rejects(
            LoadFindings findings,
            long loadId,
            CataloguePortion portion,
            CatalogueFile products,
            @Nullable CatalogueFile labels) {
        this.findings = findings;
        this.loadId = loadId;
        this.portion = portion;
        this.products = products;
        this.labels = labels;
        productTexts = new RowText(products.path());
        labelTexts = labels == null ? null : new RowText(labels.path());
    }

    void addProduct(long line, ControlRoomException mistake, List<String> fields) {
        addProduct(line, String.valueOf(mistake.getMessage()), mistake.reason(), fields);
    }

    void addProduct(long line, Reason reason, List<String> fields) {
        addProduct(line, reason.text(), reason, fields);
    }

    private void addProduct(long line, String reason, @Nullable Reason words, List<String> fields) {
        add(PRODUCT_FILE, new RejectedRow(loadId, products.name(), line, reason, words, productTexts.at(line, fields)));
    }

    /** Only where there is a label file. Labels are passed over by their line, as they need not have a product. */
    void addLabel(long line, ControlRoomException mistake, List<String> fields) {
        addLabel(line, String.valueOf(mistake.getMessage()), mistake.reason(), fields);
    }

    void addLabel(long line, Reason reason, List<String> fields) {
        addLabel(line, reason.text(), reason, fields);
    }

    private void addLabel(long line, String reason, @Nullable Reason words, List<String> fields) {
        if (labels == null || labelTexts == null) {
            throw new IllegalStateException("line " + line + " of no label file");
        }
        if (!portion.takes(line)) {
            return;
        }
        add(LABEL_FILE, new RejectedRow(loadId, labels.name(), line, reason, words, labelTexts.at(line, fields)));
    }

    private void add(int file, RejectedRow row) {
        Reject reject = new Reject(file * FILE_STEP + row.line(), row);
        findings.addReject(reject);
        waiting.add(reject);
    }

    /** Rows added since the last call. */
    List<Reject> take() {
        List<Reject> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    @Override
    public void close() throws IOException {
        productTexts.close();
        if (labelTexts != null) {
            labelTexts.close();
        }
    }

    /** @param position order among the rejects of the load */
    record Reject(long position, RejectedRow row) {}
}

package org.controlroom.store;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.controlroom.core.catalogue.CatalogueRules;
import org.controlroom.core.catalogue.LabelRow;
import org.controlroom.core.catalogue.ProductRow;
import org.controlroom.core.model.FilePreview;
import org.controlroom.core.model.FilePreview.PreviewRow;
import org.controlroom.core.model.FilePreview.RowMistake;
import org.controlroom.core.port.Uploads.Part;
import org.controlroom.spi.ControlRoomException;
import org.jspecify.annotations.Nullable;

/** Reads the beginning of a catalogue file by the rules of a load, and gathers what it would reject. */
final class FilePreviews {

    /** Rows looked at. */
    static final int CHECKED = 1_000;

    private static final int MOST_MISTAKES = 100;
    private static final int FIELD = 300;

    private final Part part;
    private final int shown;
    private final List<PreviewRow> rows = new ArrayList<>();
    private final List<RowMistake> mistakes = new ArrayList<>();
    private final LongSet indexes = new LongSet();
    private final LongSet productIds = new LongSet();
    private long checked;
    private boolean whole;

    private FilePreviews(Part part, int shown) {
        this.part = part;
        this.shown = shown;
    }

    static FilePreview of(Part part, Path file, int shown) {
        return new FilePreviews(part, shown).read(file);
    }

    private FilePreview read(Path path) {
        List<String> columns = part == Part.PRODUCTS ? CatalogueRules.PRODUCT_COLUMNS : CatalogueRules.LABEL_COLUMNS;
        List<String> found = List.of();
        String problem = null;
        try {
            found = CatalogueFile.columns(path);
            try (CatalogueFile file = new CatalogueFile(path, columns)) {
                readRows(file);
            }
            if (whole && checked == 0) {
                problem = path.getFileName() + " has no rows after its header; must have at least 1";
            }
        } catch (ControlRoomException e) {
            problem = e.getMessage();
        }
        return new FilePreview(
                part.name().toLowerCase(Locale.ROOT),
                String.valueOf(path.getFileName()),
                found,
                checked,
                whole,
                rows,
                mistakes,
                problem);
    }

    private void readRows(CatalogueFile file) {
        while (checked < CHECKED) {
            CsvRecord row = file.next();
            if (row == null) {
                whole = true;
                return;
            }
            checked++;
            long line = row.getStartingLineNumber();
            if (rows.size() < shown) {
                rows.add(new PreviewRow(
                        line, row.getFields().stream().map(FilePreviews::cut).toList()));
            }
            String reason = mistake(row.getFields());
            if (reason != null && mistakes.size() < MOST_MISTAKES) {
                mistakes.add(new RowMistake(line, reason));
            }
        }
    }

    private @Nullable String mistake(List<String> fields) {
        try {
            if (part == Part.LABELS) {
                LabelRow label = CatalogueRules.label(fields);
                return indexes.add(label.index())
                        ? null
                        : "second label for row index " + label.index() + "; must have one";
            }
            ProductRow product = CatalogueRules.product(fields);
            if (!indexes.add(product.index())) {
                return "row index " + product.index() + " was in this file before; must be unique";
            }
            return productIds.add(product.productId())
                    ? null
                    : "productid " + product.productId() + " was in this file before; must be unique";
        } catch (ControlRoomException e) {
            return e.getMessage();
        }
    }

    private static String cut(String field) {
        if (field.length() <= FIELD) {
            return field;
        }
        int end = Character.isHighSurrogate(field.charAt(FIELD - 1)) ? FIELD - 1 : FIELD;
        return field.substring(0, end) + '…';
    }
}

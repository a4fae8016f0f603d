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
import org.controlroom.spi.Reason;
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
        Reason problemReason = null;
        try {
            found = CatalogueFile.columns(path);
            try (CatalogueFile file = new CatalogueFile(path, columns)) {
                readRows(file);
            }
            if (whole && checked == 0) {
                problemReason = Reason.of(
                        "file-no-rows", "{0} has no rows after its header; must have at least 1", path.getFileName());
                problem = problemReason.text();
            }
        } catch (ControlRoomException e) {
            problem = e.getMessage();
            problemReason = e.reason();
        }
        return new FilePreview(
                part.name().toLowerCase(Locale.ROOT),
                String.valueOf(path.getFileName()),
                found,
                checked,
                whole,
                rows,
                mistakes,
                problem,
                problemReason);
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
            RowMistake mistake = mistake(line, row.getFields());
            if (mistake != null && mistakes.size() < MOST_MISTAKES) {
                mistakes.add(mistake);
            }
        }
    }

    private @Nullable RowMistake mistake(long line, List<String> fields) {
        try {
            if (part == Part.LABELS) {
                LabelRow label = CatalogueRules.label(fields);
                return indexes.add(label.index()) ? null : mistake(line, RowReasons.secondLabel(label.index()));
            }
            ProductRow product = CatalogueRules.product(fields);
            if (!indexes.add(product.index())) {
                return mistake(line, RowReasons.indexTwice(product.index()));
            }
            return productIds.add(product.productId())
                    ? null
                    : mistake(line, RowReasons.productTwice(product.productId()));
        } catch (ControlRoomException e) {
            return new RowMistake(line, String.valueOf(e.getMessage()), e.reason());
        }
    }

    private static RowMistake mistake(long line, Reason reason) {
        return new RowMistake(line, reason.text(), reason);
    }

    private static String cut(String field) {
        if (field.length() <= FIELD) {
            return field;
        }
        int end = Character.isHighSurrogate(field.charAt(FIELD - 1)) ? FIELD - 1 : FIELD;
        return field.substring(0, end) + '…';
    }
}

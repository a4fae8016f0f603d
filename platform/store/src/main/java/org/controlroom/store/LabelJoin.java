package org.controlroom.store;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.catalogue.CatalogueRules;
import org.controlroom.core.catalogue.LabelRow;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Joins the label file to the product file by row index while both are read once, in step. The files have the same order
 * as a rule; only rows that are out of step are remembered, so memory does not grow with the files.
 */
final class LabelJoin {

    private final @Nullable CatalogueFile file;
    private final Rejects rejects;

    /** Labels read before their product. */
    private final Map<Long, EarlyLabel> early = new HashMap<>();

    /** Ids of products read before their label, by index. */
    private final Map<Long, Long> unlabelled = new HashMap<>();

    /** Labels that came after their product, by the product's id. */
    private final Map<Long, Integer> late = new TreeMap<>();

    /** @param file null when there are no labels */
    LabelJoin(@Nullable CatalogueFile file, Rejects rejects) {
        this.file = file;
        this.rejects = rejects;
    }

    /**
     * The label of the product row with this index; null when it comes later or never.
     *
     * @param productId by which a late label finds its product; negative for a product that is not taken
     */
    @Nullable Integer labelFor(long index, long productId) {
        EarlyLabel known = early.remove(index);
        if (known != null) {
            return known.label;
        }
        if (file == null) {
            return null;
        }
        CsvRecord row;
        while ((row = next()) != null) {
            LabelRow label = read(row);
            if (label == null) {
                if (Long.valueOf(index).equals(CatalogueRules.indexOrNull(row.getFields()))) {
                    return null;
                }
                continue;
            }
            if (label.index() == index) {
                return label.label();
            }
            keep(label, row);
            if (label.index() > index) {
                break;
            }
        }
        unlabelled.put(index, productId);
        return null;
    }

    /** Reads what is left of the label file and rejects labels without a product. @return late labels by product id */
    Map<Long, Integer> finish(String productFile) {
        CsvRecord row;
        while ((row = next()) != null) {
            LabelRow label = read(row);
            if (label != null) {
                keep(label, row);
            }
        }
        early.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().line))
                .forEach(entry -> rejects.addLabel(
                        entry.getValue().line,
                        Reason.of(
                                "row-label-alone",
                                "label for row index {0}, for which {1} has no row without a label",
                                entry.getKey(),
                                productFile),
                        entry.getValue().fields));
        early.clear();
        return late;
    }

    private @Nullable CsvRecord next() {
        return file == null ? null : file.next();
    }

    private @Nullable LabelRow read(CsvRecord row) {
        try {
            return CatalogueRules.label(row.getFields());
        } catch (ControlRoomException e) {
            rejects.addLabel(row.getStartingLineNumber(), e, row.getFields());
            return null;
        }
    }

    private void keep(LabelRow label, CsvRecord row) {
        Long productId = unlabelled.remove(label.index());
        if (productId != null) {
            late.put(productId, label.label());
        } else if (early.containsKey(label.index())) {
            rejects.addLabel(row.getStartingLineNumber(), RowReasons.secondLabel(label.index()), row.getFields());
        } else {
            early.put(label.index(), new EarlyLabel(label.label(), row.getStartingLineNumber(), row.getFields()));
        }
    }

    private record EarlyLabel(int label, long line, List<String> fields) {}
}

package org.controlroom.core.model;

import java.util.List;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a catalogue file, and what is wrong with it so far.
 *
 * @param part {@code products} or {@code labels}
 * @param columns fields of the first line; empty when it could not be read
 * @param rowsChecked rows after the first line that were looked at
 * @param whole whether these were all rows of the file
 * @param rows the first of them, each field cut to 300 characters
 * @param mistakes rows that would be rejected, at most 100
 * @param problem why the file cannot be loaded as a whole; null when it can so far
 * @param problemReason the same for other languages; null when it is said in English only
 */
public record FilePreview(
        String part,
        String name,
        List<String> columns,
        long rowsChecked,
        boolean whole,
        List<PreviewRow> rows,
        List<RowMistake> mistakes,
        @Nullable String problem,
        @Nullable Reason problemReason) {

    public FilePreview {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        mistakes = List.copyOf(mistakes);
    }

    /** @param line line in the file on which the row starts, from 1 */
    public record PreviewRow(long line, List<String> fields) {
        public PreviewRow {
            fields = List.copyOf(fields);
        }
    }

    /**
     * One row that would be rejected.
     *
     * @param reason what is wrong with the row, with the value and what is allowed
     * @param words the same for other languages; null when it is said in English only
     */
    public record RowMistake(
            long line, String reason, @Nullable Reason words) {}
}

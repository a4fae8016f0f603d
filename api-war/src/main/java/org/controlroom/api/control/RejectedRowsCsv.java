package org.controlroom.api.control;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.core.port.Catalogue;
import org.jspecify.annotations.Nullable;

/** The rejected rows of a load as CSV, read page by page, so that memory does not grow with them. */
record RejectedRowsCsv(Catalogue catalogue, long loadId) {

    private static final int PAGE = 500;

    void write(OutputStream out) throws IOException {
        // The writer is flushed and not closed: the stream belongs to the container.
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        @SuppressWarnings("resource")
        CsvWriter csv = CsvWriter.builder().build(text);
        csv.writeRecord("file", "line", "reason", "row");
        @Nullable String cursor = null;
        do {
            Page<RejectedRow> page =
                    catalogue.rejectedRows(loadId, new PageRequest(new TreeMap<>(), null, cursor, PAGE));
            for (RejectedRow row : page.items()) {
                csv.writeRecord(row.file(), Long.toString(row.line()), row.reason(), row.text());
            }
            cursor = page.next();
        } while (cursor != null);
        csv.flush();
        text.flush();
    }
}

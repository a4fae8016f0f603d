package org.controlroom.store;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.core.model.LoggedPrediction;

/** Cuts bytes of the inference log into lines and reads them. A line ends at a line feed outside quotes. */
final class LogLines {

    private static final int COLUMNS = 9;

    private LogLines() {}

    /** Bytes up to the end of the last whole line of a stream that starts with a line. */
    static long wholeLength(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long whole = 0;
        long position = 0;
        boolean quoted = false;
        for (int count; (count = in.read(buffer)) > 0; position += count) {
            for (int i = 0; i < count; i++) {
                if (buffer[i] == '"') {
                    quoted = !quoted;
                } else if (buffer[i] == '\n' && !quoted) {
                    whole = position + i + 1;
                }
            }
        }
        return whole;
    }

    /** Bytes of the first lines, at most {@code maxLines}; 0 when there is no whole line. */
    static int wholeLength(byte[] bytes, int count, int maxLines) {
        int whole = 0;
        int lines = 0;
        boolean quoted = false;
        for (int i = 0; i < count && lines < maxLines; i++) {
            if (bytes[i] == '"') {
                quoted = !quoted;
            } else if (bytes[i] == '\n' && !quoted) {
                whole = i + 1;
                lines++;
            }
        }
        return whole;
    }

    /** Reads whole lines; one that somebody has damaged is left out with a warning. */
    static List<LoggedPrediction> read(byte[] bytes, int count) {
        List<LoggedPrediction> read = new ArrayList<>();
        String text = new String(bytes, 0, count, StandardCharsets.UTF_8);
        try (CsvReader<CsvRecord> rows = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord row : rows) {
                try {
                    read.add(prediction(row));
                } catch (NumberFormatException | DateTimeException | IndexOutOfBoundsException e) {
                    warn("a line of the inference log cannot be read and is left out: " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("reading a text threw", e);
        }
        return read;
    }

    private static LoggedPrediction prediction(CsvRecord row) {
        if (row.getFieldCount() != COLUMNS) {
            throw new IndexOutOfBoundsException(row.getFieldCount() + " columns; must be " + COLUMNS);
        }
        return new LoggedPrediction(
                row.getField(1),
                Instant.parse(row.getField(0)),
                row.getField(2),
                row.getField(3),
                Integer.parseInt(row.getField(4)),
                Float.parseFloat(row.getField(5)),
                Integer.parseInt(row.getField(6)),
                row.getField(7),
                row.getField(8));
    }

    private static void warn(String message) {
        System.getLogger(LogLines.class.getName()).log(System.Logger.Level.WARNING, message);
    }
}

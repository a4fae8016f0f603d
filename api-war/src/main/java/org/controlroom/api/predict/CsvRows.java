package org.controlroom.api.predict;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.controlroom.core.predict.ProductLimits;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Product;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * CSV with a header line: {@code designation}, and where given {@code description}, {@code productid} and others, in any
 * order. Bytes that cannot be decoded cost their row; what cannot be read any further ends the rows with one failed row.
 */
final class CsvRows implements BatchRows {

    /** Characters of one field at most while reading; the limits of a product come after. */
    private static final int MAX_FIELD = 256 * 1024;

    /** Stands for bytes that cannot be decoded: half of a surrogate pair, which no decoder gives alone. */
    private static final char UNDECODED = '\uDFFF';

    private final Charset encoding;
    private final CloseableIterator<CsvRecord> records;
    private final int columns;
    private final int designation;
    private final int description;
    private final int productId;
    private long line = 1;
    private boolean ended;

    /** @throws ControlRoomException INVALID_INPUT, MALFORMED_BODY when the header cannot be used */
    CsvRows(InputStream in, Charset encoding) throws IOException {
        this.encoding = encoding;
        records = CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(MAX_FIELD)
                .ofCsvRecord(new InputStreamReader(
                        in,
                        encoding.newDecoder()
                                .replaceWith(String.valueOf(UNDECODED))
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)))
                .iterator();
        CsvRecord header = record();
        List<String> names = new ArrayList<>(header == null ? List.of() : header.getFields());
        if (!names.isEmpty() && names.get(0).startsWith("\uFEFF")) {
            names.set(0, names.get(0).substring(1));
        }
        if (names.stream().anyMatch(CsvRows::isUndecoded)) {
            throw new ControlRoomException(
                    ErrorCode.MALFORMED_BODY,
                    Reason.of("csv-header-bytes", "CSV header: bytes that are not {0}", encoding.name()));
        }
        Set<String> seen = new HashSet<>();
        List<Problem> twice = names.stream()
                .filter(name -> !seen.add(name))
                .distinct()
                .map(name -> new Problem(
                        name.isEmpty() ? "(column without a name)" : name,
                        Reason.of("csv-column-twice", "is there more than once")))
                .toList();
        if (!twice.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "CSV header", twice);
        }
        columns = names.size();
        designation = names.indexOf("designation");
        description = names.indexOf("description");
        productId = names.indexOf("productid");
        if (designation < 0) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "CSV header",
                    List.of(new Problem(
                            "designation",
                            Reason.of(
                                    "csv-column-missing",
                                    "is missing; the first line names the columns, it has {0}",
                                    names))));
        }
    }

    private static boolean isUndecoded(String field) {
        for (int at = field.indexOf(UNDECODED); at >= 0; at = field.indexOf(UNDECODED, at + 1)) {
            if (at == 0 || !Character.isHighSurrogate(field.charAt(at - 1))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable BatchRow next() throws IOException {
        if (ended) {
            return null;
        }
        try {
            CsvRecord row = record();
            if (row == null) {
                return null;
            }
            line = row.getStartingLineNumber();
            String id = productId >= 0 && productId < row.getFieldCount() ? row.getField(productId) : "";
            if (row.getFieldCount() != columns) {
                return new BatchRow.Failed(
                        line,
                        id,
                        new ControlRoomException(
                                ErrorCode.MALFORMED_BODY,
                                "CSV, line " + line + ": " + row.getFieldCount() + " fields; must be " + columns
                                        + " as in the header"));
            }
            if (row.getFields().stream().anyMatch(CsvRows::isUndecoded)) {
                return new BatchRow.Failed(
                        line,
                        isUndecoded(id) ? "" : id,
                        new ControlRoomException(
                                ErrorCode.MALFORMED_BODY,
                                "CSV, line " + line + ": bytes that are not " + encoding.name()));
            }
            return new CompleteRow(
                    line, id, row.getField(designation), description < 0 ? "" : row.getField(description));
        } catch (ControlRoomException e) {
            ended = true;
            return new BatchRow.Failed(line + 1, "", e);
        }
    }

    private @Nullable CsvRecord record() throws IOException {
        try {
            return records.hasNext() ? records.next() : null;
        } catch (CsvParseException e) {
            throw malformed(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private ControlRoomException malformed(RuntimeException cause) {
        // the parser tells of its buffer, of which the caller knows nothing
        String what = String.valueOf(cause.getMessage()).contains("maximum buffer size")
                ? "a field has more than " + MAX_FIELD + " characters, or its quotation mark is not closed"
                : String.valueOf(cause.getMessage());
        return new ControlRoomException(
                ErrorCode.MALFORMED_BODY,
                "CSV, after line " + line + ": " + what + "; nothing after this was read",
                cause);
    }

    /** One complete row. */
    private record CompleteRow(long line, String productId, String designation, String description)
            implements BatchRow {
        @Override
        public Product product() {
            return ProductLimits.product(designation, description);
        }
    }
}

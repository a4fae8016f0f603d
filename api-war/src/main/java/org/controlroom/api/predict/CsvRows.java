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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.controlroom.core.predict.ProductLimits;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;

/**
 * CSV with a header line: {@code designation}, and where given {@code description}, {@code productid} and others, in any
 * order. What cannot be read any further ends the rows with one failed row.
 */
final class CsvRows implements BatchRows {

    /** Characters of one field at most while reading; the limits of a product come after. */
    private static final int MAX_FIELD = 256 * 1024;

    private final CloseableIterator<CsvRecord> records;
    private final int columns;
    private final int designation;
    private final int description;
    private final int productId;
    private long line = 1;
    private boolean ended;

    /** @throws ControlRoomException INVALID_INPUT, MALFORMED_BODY when the header cannot be used */
    CsvRows(InputStream in) throws IOException {
        records = CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(MAX_FIELD)
                .ofCsvRecord(new InputStreamReader(
                        in,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)))
                .iterator();
        CsvRecord header = record();
        List<String> names = new ArrayList<>(header == null ? List.of() : header.getFields());
        if (!names.isEmpty() && names.get(0).startsWith("\uFEFF")) {
            names.set(0, names.get(0).substring(1));
        }
        Set<String> seen = new HashSet<>();
        List<Problem> twice = names.stream()
                .filter(name -> !seen.add(name))
                .distinct()
                .map(name -> new Problem(name.isEmpty() ? "(column without a name)" : name, "is there more than once"))
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
                            "designation", "is missing; the first line names the columns, it has " + names)));
        }
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
            throw malformed(e.getCause() instanceof CharacterCodingException, e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw malformed(true, e);
            }
            throw e.getCause();
        }
    }

    private ControlRoomException malformed(boolean encoding, RuntimeException cause) {
        return new ControlRoomException(
                ErrorCode.MALFORMED_BODY,
                "CSV, after line " + line + ": "
                        + (encoding ? "bytes that are not UTF-8" : String.valueOf(cause.getMessage()))
                        + "; nothing after this was read",
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

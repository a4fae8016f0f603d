package org.controlroom.store;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.controlroom.core.catalogue.CatalogueRules;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** One of the challenge's files, plain or gzipped, read row by row; every mistake names file and line. */
final class CatalogueFile implements AutoCloseable {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int MAX_FIELD = 8 * 1024 * 1024;

    private final Path path;
    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> rows;
    private List<String> names = List.of();
    private long line = 1;

    /** Opens the file and reads its first row, which must hold the columns. */
    CatalogueFile(Path path, List<String> columns) {
        this.path = path;
        reader = CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(MAX_FIELD)
                .ofCsvRecord(open(path));
        rows = reader.iterator();
        try {
            CsvRecord header = next();
            if (header == null && columns.isEmpty()) {
                return;
            }
            if (header == null) {
                throw new ControlRoomException(
                        ErrorCode.CATALOGUE_INVALID,
                        Reason.of(
                                "file-empty",
                                "{0} is empty; must start with the columns '{1}'",
                                name(),
                                String.join(",", columns)));
            }
            header(header.getFields(), columns);
        } catch (ControlRoomException e) {
            close();
            throw e;
        }
    }

    /** Opens the file whatever its columns are, also without any. */
    private CatalogueFile(Path path) {
        this(path, List.of());
    }

    private void header(List<String> found, List<String> columns) {
        names = List.copyOf(found);
        if (!columns.isEmpty()) {
            CatalogueRules.checkHeader(name(), found, columns);
        }
    }

    /** The fields of the first row, whatever they are; none of an empty file. */
    static List<String> columns(Path path) {
        try (CatalogueFile file = new CatalogueFile(path)) {
            return file.names;
        }
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    Path path() {
        return path;
    }

    /** The next row; null at the end. */
    @Nullable CsvRecord next() {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            CsvRecord row = rows.next();
            line = row.getStartingLineNumber();
            return row;
        } catch (CsvParseException e) {
            throw e.getCause() instanceof CharacterCodingException ? notUtf8(e) : parseProblem(e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof CharacterCodingException ? notUtf8(e) : unreadable(path, e.getCause());
        }
    }

    private ControlRoomException notUtf8(RuntimeException cause) {
        return new ControlRoomException(
                ErrorCode.CATALOGUE_INVALID,
                Reason.of(
                        "file-not-utf8",
                        "{0} line {1}: bytes that are not UTF-8; save the file as UTF-8",
                        name(),
                        Long.toString(firstBadLine())),
                cause);
    }

    private ControlRoomException parseProblem(CsvParseException e) {
        String what = String.valueOf(e.getMessage());
        // the parser tells of its buffer, of which the user knows nothing
        Reason reason = what.contains("maximum buffer size")
                ? Reason.of(
                        "file-field-long",
                        "{0} after line {1}: a field has more than {2} characters, or its quotation mark is not closed",
                        name(),
                        line,
                        MAX_FIELD)
                : Reason.of("file-not-csv", "{0} after line {1}: {2}", name(), line, what);
        return new ControlRoomException(ErrorCode.CATALOGUE_INVALID, reason, e);
    }

    /** Decodes the file again to find the place; only after a failure, so that good files pay nothing for it. */
    private long firstBadLine() {
        long number = 1;
        CharsetDecoder decoder = strictDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer chars = CharBuffer.allocate(1 << 16);
        char last = 0;
        try (InputStream in = plainBytes(path)) {
            while (true) {
                int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
                bytes.limit(count < 0 ? bytes.position() : bytes.position() + count)
                        .position(0);
                CoderResult result = decoder.decode(bytes, chars, count < 0);
                chars.flip();
                while (chars.hasRemaining()) {
                    char c = chars.get();
                    if (c == '\r' || (c == '\n' && last != '\r')) {
                        number++;
                    }
                    last = c;
                }
                if (result.isError() || count < 0) {
                    return number;
                }
                chars.clear();
                bytes.compact();
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static CharsetDecoder strictDecoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Opens a file as text; malformed bytes throw {@link CharacterCodingException}. */
    static BufferedReader open(Path path) {
        try {
            return new BufferedReader(new InputStreamReader(plainBytes(path), strictDecoder()), 1 << 16);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static InputStream plainBytes(Path path) throws IOException {
        InputStream in = Files.newInputStream(path);
        try {
            boolean zipped = path.toString().endsWith(".gz");
            return withoutMark(zipped ? new GZIPInputStream(in, 1 << 16) : new BufferedInputStream(in, 1 << 16));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static InputStream withoutMark(InputStream in) throws IOException {
        PushbackInputStream pushback = new PushbackInputStream(in, BYTE_ORDER_MARK.length);
        byte[] start = pushback.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(start, BYTE_ORDER_MARK)) {
            pushback.unread(start);
        }
        return pushback;
    }

    private static ControlRoomException unreadable(Path path, @Nullable IOException cause) {
        Reason reason = cause instanceof NoSuchFileException
                ? Reason.of("file-missing", "{0}: there is no such file", path)
                : Reason.of(
                        "file-not-read", "{0}: cannot be read ({1})", path, cause == null ? "" : cause.getMessage());
        return new ControlRoomException(ErrorCode.CATALOGUE_INVALID, reason, cause);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }
}

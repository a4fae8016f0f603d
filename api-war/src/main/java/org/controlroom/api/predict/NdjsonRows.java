package org.controlroom.api.predict;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;

/** One JSON object a line; blank lines are passed over. A line that is too long costs that line only. */
final class NdjsonRows implements BatchRows {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final ProductReader reader;
    private final byte[] buffer = new byte[PredictServlet.MAX_BODY * 2];
    private int from;
    private int to;
    private long line;
    private boolean ended;

    NdjsonRows(InputStream in, ProductReader reader) {
        this.in = in;
        this.reader = reader;
    }

    @Override
    public @Nullable BatchRow next() throws IOException {
        while (true) {
            int end = endOfLine();
            if (end < 0) {
                if (from == to) {
                    return null;
                }
                // The last line needs no line break.
                end = to;
            }
            line++;
            int start = line == 1 && startsWithMark() ? from + BYTE_ORDER_MARK.length : from;
            int length = end - start;
            from = Math.min(end + 1, to);
            if (length > PredictServlet.MAX_BODY) {
                if (end == to) {
                    skipRestOfLine();
                }
                return new BatchRow.Failed(
                        line,
                        "",
                        new ControlRoomException(
                                ErrorCode.TOO_LARGE, "the line has more than " + PredictServlet.MAX_BODY + " bytes"));
            }
            if (!isBlank(start, length)) {
                return new Line(line, Arrays.copyOfRange(buffer, start, start + length), reader);
            }
        }
    }

    /** Position of the line's end; {@link #to} when the line does not fit; negative when the body ends before. */
    private int endOfLine() throws IOException {
        int searched = from;
        while (true) {
            for (int i = searched; i < to; i++) {
                if (buffer[i] == '\n') {
                    return i;
                }
            }
            if (ended) {
                return -1;
            }
            searched = to;
            if (to == buffer.length) {
                if (from == 0) {
                    return to;
                }
                System.arraycopy(buffer, from, buffer, 0, to - from);
                searched -= from;
                to -= from;
                from = 0;
            }
            fill();
        }
    }

    private void fill() throws IOException {
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) {
            ended = true;
        } else {
            to += read;
        }
    }

    private void skipRestOfLine() throws IOException {
        while (true) {
            from = 0;
            to = 0;
            fill();
            for (int i = 0; i < to; i++) {
                if (buffer[i] == '\n') {
                    from = i + 1;
                    return;
                }
            }
            if (ended) {
                return;
            }
        }
    }

    private boolean startsWithMark() {
        return to - from >= BYTE_ORDER_MARK.length
                && Arrays.equals(
                        buffer, from, from + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    private boolean isBlank(int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\r' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** One line, not read yet. */
    private record Line(long line, byte[] json, ProductReader reader) implements BatchRow {
        @Override
        public Product product() {
            return reader.read(json, json.length, line);
        }
    }
}

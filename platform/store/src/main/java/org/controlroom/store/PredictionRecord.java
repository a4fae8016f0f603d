package org.controlroom.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.controlroom.core.model.Prediction;

/**
 * One line of the inference log as bytes, written into a buffer that is used again: RFC 4180 quoting, UTF-8, a lone
 * surrogate as U+FFFD. Not thread-safe.
 */
final class PredictionRecord {

    static final String HEADER = "timestamp,prediction_id,designation,description,predicted_class,confidence,"
            + "text_length,model_version,model_stage";

    /** Bytes of a character at most: a quote doubles, everything else takes 3, or 4 for a pair. */
    private static final int MAX_BYTES_PER_CHAR = 3;

    private static final int FIXED_BYTES = 200;

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

    private byte[] buffer = new byte[8 * 1024];
    private int length;
    private long second = Long.MIN_VALUE;
    private final byte[] secondText = new byte[19];

    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** Writes the line of a prediction over the one before. */
    void set(Prediction prediction) {
        String designation = prediction.product().designation();
        String description = prediction.product().description();
        long chars = (long) designation.length()
                + description.length()
                + prediction.id().length()
                + prediction.modelVersion().length()
                + prediction.modelStage().length();
        reserve(Math.toIntExact(chars * MAX_BYTES_PER_CHAR + FIXED_BYTES));
        length = 0;
        time(prediction.time());
        quoted(prediction.id());
        quoted(designation);
        quoted(description);
        separator();
        number(prediction.label());
        separator();
        ascii(Float.toString(prediction.confidence()));
        separator();
        number(prediction.textLength());
        quoted(prediction.modelVersion());
        quoted(prediction.modelStage());
        buffer[length++] = '\n';
    }

    private void reserve(int bytes) {
        if (buffer.length < bytes) {
            buffer = new byte[bytes + bytes / 2];
        }
    }

    private void separator() {
        buffer[length++] = ',';
    }

    private void time(Instant time) {
        long epochSecond = time.getEpochSecond();
        if (epochSecond != second) {
            byte[] text = SECONDS.format(LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC))
                    .getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, secondText, 0, secondText.length);
            second = epochSecond;
        }
        System.arraycopy(secondText, 0, buffer, 0, secondText.length);
        length = secondText.length;
        buffer[length++] = '.';
        int micros = time.getNano() / 1_000;
        for (int unit = 100_000; unit > 0; unit /= 10) {
            buffer[length++] = (byte) ('0' + micros / unit % 10);
        }
        buffer[length++] = 'Z';
    }

    private void number(int value) {
        long rest = value;
        if (rest < 0) {
            buffer[length++] = '-';
            rest = -rest;
        }
        int start = length;
        do {
            buffer[length++] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        for (int i = start, j = length - 1; i < j; i++, j--) {
            byte digit = buffer[i];
            buffer[i] = buffer[j];
            buffer[j] = digit;
        }
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
    }

    /** A separator and a field in quotes. */
    private void quoted(String text) {
        byte[] out = buffer;
        int at = length;
        out[at++] = ',';
        out[at++] = '"';
        for (int i = 0, n = text.length(); i < n; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c == '"') {
                    out[at++] = '"';
                }
                out[at++] = (byte) c;
            } else if (c < 0x800) {
                out[at++] = (byte) (0xC0 | (c >> 6));
                out[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c) && i + 1 < n && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                out[at++] = (byte) (0xF0 | (point >> 18));
                out[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                out[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                out[at++] = (byte) (0x80 | (point & 0x3F));
            } else {
                int kept = Character.isSurrogate(c) ? 0xFFFD : c;
                out[at++] = (byte) (0xE0 | (kept >> 12));
                out[at++] = (byte) (0x80 | ((kept >> 6) & 0x3F));
                out[at++] = (byte) (0x80 | (kept & 0x3F));
            }
        }
        out[at++] = '"';
        length = at;
    }
}

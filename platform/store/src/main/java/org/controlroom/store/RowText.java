package org.controlroom.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of rejected rows as it stands in the file: the CSV reader gives fields only. Follows the reader through the
 * file, from the first rejected row on.
 */
final class RowText implements AutoCloseable {

    static final int MAX_LENGTH = 2_000;

    private final Path path;
    private @Nullable BufferedReader reader;
    private long nextLine = 1;

    RowText(Path path) {
        this.path = path;
    }

    /** Text of the row that starts on a line, cut to 2,000 characters. */
    String at(long line, List<String> fields) {
        try {
            if (reader == null || line < nextLine) {
                close();
                reader = CatalogueFile.open(path);
                nextLine = 1;
            }
            while (nextLine < line) {
                if (reader.readLine() == null) {
                    return "";
                }
                nextLine++;
            }
            long end = line + fields.stream().mapToLong(RowText::lineBreaks).sum();
            StringBuilder text = new StringBuilder();
            for (; nextLine <= end; nextLine++) {
                String next = reader.readLine();
                if (next == null) {
                    break;
                }
                if (text.length() <= MAX_LENGTH) {
                    text.append(text.isEmpty() ? "" : "\n").append(next);
                }
            }
            return cut(text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot read a rejected row again", e);
        }
    }

    /** Never cuts a surrogate pair in two, and keeps no NUL, which no database takes. */
    private static String cut(String text) {
        int end = Math.min(text.length(), MAX_LENGTH);
        if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end).replace('\0', '\uFFFD');
    }

    private static long lineBreaks(String field) {
        long count = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\r' || (c == '\n' && (i == 0 || field.charAt(i - 1) != '\r'))) {
                count++;
            }
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}

package org.controlroom.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to tell people, in words; each channel writes it in its own way.
 *
 * @param kind what it tells of
 * @param title one line that says it all, 1..200 characters; line breaks and other control characters become blanks
 * @param lines details, one a line, in order
 * @param link page with more; null when there is none, or nobody said at which address this server is found
 */
public record Message(
        Notice.Kind kind,
        String title,
        List<String> lines,
        @Nullable String link) {

    private static final int MAX_TITLE = 200;
    private static final int MAX_LINE = 1_000;

    public Message {
        title = oneLine(title, MAX_TITLE);
        lines = lines.stream().map(line -> oneLine(line, MAX_LINE)).toList();
    }

    /** So that no text of somebody else can make a header of a mail, or a line of its own. */
    private static String oneLine(String text, int limit) {
        StringBuilder line = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
                .limit(limit)
                .forEach(line::appendCodePoint);
        return line.toString().strip();
    }
}

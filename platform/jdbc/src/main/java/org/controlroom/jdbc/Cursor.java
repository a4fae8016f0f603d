package org.controlroom.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.controlroom.core.model.ListMistakes;
import org.controlroom.core.model.PageRequest;
import org.controlroom.spi.ControlRoomException;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended: sort value and unique key of its last row. Written as base64url, so that nobody is tempted to take
 * it apart; it holds the question too, so that it cannot be used with another one.
 */
public record Cursor(String question, String sortValue, String key) {

    private static final String SEPARATOR = "\u0001";

    /** What a cursor belongs to. */
    public static String question(PageRequest request) {
        return (request.sort() == null ? "" : request.sort()) + ' ' + request.filters();
    }

    public String encode() {
        String text = String.join(SEPARATOR, Integer.toHexString(question.hashCode()), sortValue, key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The cursor of the request; null when it asks for the first page. */
    public static @Nullable Cursor of(PageRequest request) {
        String encoded = request.cursor();
        if (encoded == null) {
            return null;
        }
        List<String> parts;
        try {
            parts = List.of(
                    new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8).split(SEPARATOR, -1));
        } catch (IllegalArgumentException e) {
            throw wrong(encoded, e);
        }
        String question = question(request);
        if (parts.size() != 3 || !parts.get(0).equals(Integer.toHexString(question.hashCode()))) {
            throw wrong(encoded, null);
        }
        return new Cursor(question, parts.get(1), parts.get(2));
    }

    public static ControlRoomException wrong(@Nullable String encoded, @Nullable Throwable cause) {
        return ListMistakes.wrong(ListMistakes.cursor(encoded), cause);
    }
}

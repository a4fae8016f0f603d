package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a search that the API answers in pieces: each request looks at a part, and its cursor says where to go on. The
 * reader of a page wants it full at once, so the next piece is asked for until it is, but not for longer than he can wait.
 */
final class FullPage {

    /** For the pieces of one page; after it no further one is asked for. */
    static final long PATIENCE_NANOS = 600_000_000;

    private FullPage() {}

    /** Asks for one piece. */
    interface Question {

        /**
         * The API's answer.
         *
         * @param cursor where to go on; null for the first piece
         * @param limit rows at most
         */
        JsonObject ask(@Nullable String cursor, int limit);
    }

    /**
     * One page.
     *
     * @param cursor where it begins; null for the first page
     * @param limit rows at most
     * @return with fewer rows and a cursor when the time was up before the page was full
     */
    static <T> Listed<T> of(@Nullable String cursor, int limit, Question question, Function<JsonObject, T> item) {
        return of(cursor, limit, question, item, PATIENCE_NANOS);
    }

    static <T> Listed<T> of(
            @Nullable String cursor, int limit, Question question, Function<JsonObject, T> item, long patienceNanos) {
        long end = System.nanoTime() + patienceNanos;
        List<T> items = new ArrayList<>();
        String next = cursor;
        do {
            Listed<T> piece = Listed.of(question.ask(next, limit - items.size()), item);
            items.addAll(piece.items());
            next = piece.next();
        } while (next != null && items.size() < limit && System.nanoTime() - end < 0);
        return new Listed<>(items, next);
    }
}

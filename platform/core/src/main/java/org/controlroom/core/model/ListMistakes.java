package org.controlroom.core.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** What is wrong in a question for a list: all of it at once, and the same of each list, wherever its rows are kept. */
public final class ListMistakes {

    /** Items on one page at most. */
    public static final int MAX_LIMIT = 500;

    private final String list;
    private final List<Problem> problems = new ArrayList<>();

    /** @param list plural, as messages call it */
    public ListMistakes(String list) {
        this.list = list;
    }

    /** @throws ControlRoomException INVALID_INPUT with all that was added */
    public void refuseAny() {
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, list, problems);
        }
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public void add(Problem problem) {
        problems.add(problem);
    }

    /** Adds what a reader throws about its value. @return what it read; null when it threw */
    public <T> @Nullable T read(String field, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (ControlRoomException e) {
            problems.addAll(
                    e.problems().isEmpty()
                            ? List.of(new Problem(field, String.valueOf(e.getMessage())))
                            : e.problems());
            return null;
        }
    }

    /** @param known names of the filters that there are */
    public void unknownFilter(String field, Collection<String> known) {
        add(new Problem(field, Reason.of("filter-unknown", "is not a filter; known are {0}", known)));
    }

    /** @param known names of the sorts that there are */
    public void unknownSort(String sort, Collection<String> known) {
        add(
                known.isEmpty()
                        ? new Problem("sort", "is not possible here")
                        : new Problem("sort", Reason.of("one-of", "'{0}'; must be one of {1}", sort, known)));
    }

    public void checkLimit(PageRequest request) {
        if (request.limit() < 1 || request.limit() > MAX_LIMIT) {
            add(range("limit", Integer.toString(request.limit()), 1, MAX_LIMIT));
        }
    }

    /** A cursor that no page of the same question gave. */
    public static Problem cursor(@Nullable String cursor) {
        return new Problem(
                "cursor",
                Reason.of("cursor", "'{0}'; must be the 'next' of a page with the same filters and sort", cursor));
    }

    /** A text that is no status of a run. */
    public static Problem status(String text) {
        return new Problem(
                "status",
                Reason.of("filter-status", "'{0}'; must be queued, running, completed, failed or cancelled", text));
    }

    /** A text that is no stage of a version. */
    public static Problem stage(String text) {
        return new Problem(
                "stage", Reason.of("filter-stage", "'{0}'; must be None, Staging, Production or Archived", text));
    }

    /** A text that is no whole number. */
    public static Problem whole(String field, String text) {
        return new Problem(field, Reason.of("filter-whole", "'{0}'; must be a whole number", text));
    }

    /** A number that is too small or too large. */
    public static Problem range(String field, String text, int least, int most) {
        return new Problem(field, Reason.of("range", "'{0}'; must be {1}..{2}", text, least, most));
    }

    /** A text that is no finite number. */
    public static Problem number(String field, String text) {
        return new Problem(field, Reason.of("filter-number", "'{0}'; must be a finite number", text));
    }

    /** A text that is no time. */
    public static Problem time(String field, String text) {
        return new Problem(field, Reason.of("filter-time", "'{0}'; must be a time as 2026-11-23T10:00:00Z", text));
    }

    /** What a reader of one value throws. */
    public static ControlRoomException wrong(Problem problem, @Nullable Throwable cause) {
        ControlRoomException wrong = new ControlRoomException(ErrorCode.INVALID_INPUT, "query", List.of(problem));
        if (cause != null) {
            wrong.addSuppressed(cause);
        }
        return wrong;
    }
}

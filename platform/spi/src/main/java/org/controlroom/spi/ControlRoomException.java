package org.controlroom.spi;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one exception of the platform: a code that decides how it is handled, and a message that names value and limits. */
public final class ControlRoomException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<Problem> problems;
    private final transient @Nullable Reason reason;

    /** @param message what failed, the value, what is allowed: {@code drift-psi: bins=1; must be 2..1000} */
    public ControlRoomException(ErrorCode code, String message) {
        this(code, message, List.of(), null, null);
    }

    public ControlRoomException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, List.of(), null, cause);
    }

    /** An error that can be said in other languages, too. */
    public ControlRoomException(ErrorCode code, Reason reason) {
        this(code, reason, null);
    }

    public ControlRoomException(ErrorCode code, Reason reason, @Nullable Throwable cause) {
        this(code, reason.text(), List.of(), reason, cause);
    }

    /** An error made of several field mistakes; the message lists them after {@code what}. */
    public ControlRoomException(ErrorCode code, String what, List<Problem> problems) {
        this(
                code,
                what + ": " + problems.stream().map(Problem::toString).collect(Collectors.joining("; ")),
                problems,
                null,
                null);
    }

    private ControlRoomException(
            ErrorCode code,
            String message,
            List<Problem> problems,
            @Nullable Reason reason,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
        this.reason = reason;
        this.problems = List.copyOf(problems);
    }

    public ErrorCode code() {
        return code;
    }

    /** All field mistakes, in the order of the fields; empty when the error is not about fields. */
    public List<Problem> problems() {
        return problems;
    }

    /** The message for other languages; null when it is said in English only, or by the {@link #problems()}. */
    public @Nullable Reason reason() {
        return reason;
    }
}

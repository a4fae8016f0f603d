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

    /** @param message what failed, the value, what is allowed: {@code drift-psi: bins=1; must be 2..1000} */
    public ControlRoomException(ErrorCode code, String message) {
        this(code, message, List.of(), null);
    }

    public ControlRoomException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, List.of(), cause);
    }

    /** An error made of several field mistakes; the message lists them after {@code what}. */
    public ControlRoomException(ErrorCode code, String what, List<Problem> problems) {
        this(
                code,
                what + ": " + problems.stream().map(Problem::toString).collect(Collectors.joining("; ")),
                problems,
                null);
    }

    private ControlRoomException(ErrorCode code, String message, List<Problem> problems, @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
        this.problems = List.copyOf(problems);
    }

    public ErrorCode code() {
        return code;
    }

    /** All field mistakes, in the order of the fields; empty when the error is not about fields. */
    public List<Problem> problems() {
        return problems;
    }
}

package org.controlroom.api.problem;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.controlroom.api.json.JsonBytes;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One error as it is answered, in the form of RFC 9457.
 *
 * @param status HTTP status; that of the code, or the server's own for what the server refuses before us
 * @param detail what went wrong this time, for people
 * @param instance path of the request
 * @param reason the detail for other languages; null when it is said in English only
 * @param errors mistakes of single fields; empty when the error is not about fields
 */
public record Problem(
        ErrorCode code,
        int status,
        String detail,
        String instance,
        @Nullable Reason reason,
        List<org.controlroom.spi.Problem> errors) {

    public static final String CONTENT_TYPE = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(Problem.class.getName());

    /** Describes any failure. What is not one of our errors is logged under an id that the caller gets instead. */
    public static Problem of(Throwable failure, String instance) {
        if (failure instanceof ControlRoomException known) {
            log(known, instance);
            String message = String.valueOf(known.getMessage());
            return new Problem(
                    known.code(),
                    ProblemTable.entry(known.code()).status(),
                    message,
                    instance,
                    known.reason(),
                    known.problems());
        }
        String id = UUID.randomUUID().toString();
        LOG.log(Level.SEVERE, failure, () -> "internal error " + id + " at " + instance);
        return new Problem(
                ErrorCode.INTERNAL,
                ProblemTable.entry(ErrorCode.INTERNAL).status(),
                "unexpected error; the server log has it under " + id,
                instance,
                null,
                List.of());
    }

    private static void log(ControlRoomException known, String instance) {
        switch (known.code().kind()) {
            case USER -> LOG.log(Level.FINE, () -> instance + ": " + known.getMessage());
            case CAPACITY -> LOG.log(Level.FINE, () -> instance + ": " + known.code() + " " + known.getMessage());
            case DEPENDENCY -> LOG.log(Level.WARNING, known, () -> instance + ": " + known.code());
            case PLUGIN -> LOG.log(Level.WARNING, known, () -> instance + ": " + known.code());
            case INTERNAL -> LOG.log(Level.SEVERE, known, () -> instance + ": " + known.code());
        }
    }

    public String title() {
        return ProblemTable.entry(code).title();
    }

    /** Address of the code's description, relative to the server. */
    public String type() {
        return "/docs/problems#" + code.name().toLowerCase(Locale.ROOT);
    }

    public int retryAfterSeconds() {
        return ProblemTable.entry(code).retryAfterSeconds();
    }

    /** The JSON object. */
    public byte[] toBytes() {
        JsonBytes out = new JsonBytes(512);
        write(out);
        return out.toByteArray();
    }

    /** Appends the JSON object. */
    public void write(JsonBytes out) {
        out.raw("{\"type\":").string(type());
        out.raw(",\"title\":").string(title());
        out.raw(",\"status\":").number(status);
        out.raw(",\"detail\":").string(detail);
        out.raw(",\"instance\":").string(instance);
        out.raw(",\"code\":").string(code.name());
        write(reason, out);
        if (!errors.isEmpty()) {
            out.raw(",\"errors\":[");
            String separator = "";
            for (org.controlroom.spi.Problem error : errors) {
                out.raw(separator)
                        .raw("{\"field\":")
                        .string(error.field())
                        .raw(",\"message\":")
                        .string(error.message());
                write(error.reason(), out);
                out.raw("}");
                separator = ",";
            }
            out.raw("]");
        }
        out.raw("}");
    }

    private static void write(@Nullable Reason reason, JsonBytes out) {
        if (reason == null) {
            return;
        }
        out.raw(",\"reason\":{\"key\":").string(reason.key()).raw(",\"values\":[");
        String separator = "";
        for (String value : reason.values()) {
            out.raw(separator).string(value);
            separator = ",";
        }
        out.raw("]}");
    }

    @Override
    public String toString() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }
}

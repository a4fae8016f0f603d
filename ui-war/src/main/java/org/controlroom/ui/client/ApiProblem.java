package org.controlroom.ui.client;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API answered instead of what was asked for: the problem details of RFC 9457, or that it did not answer. */
public class ApiProblem extends RuntimeException {

    /** Status of what the page refused without asking the API. */
    public static final int UNASKED = -1;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String code;
    private final transient @Nullable Reason reason;
    private final transient List<FieldError> errors;

    /** @param status HTTP status; 0 when there was no answer, {@link #UNASKED} when the API was not asked */
    public ApiProblem(int status, String title, String detail, List<FieldError> errors) {
        this(status, title, detail, errors, "", null);
    }

    private ApiProblem(
            int status, String title, String detail, List<FieldError> errors, String code, @Nullable Reason reason) {
        super(detail);
        this.status = status;
        this.title = title;
        this.code = code;
        this.reason = reason;
        this.errors = List.copyOf(errors);
    }

    /** A mistake in one field that the page found itself. */
    public static ApiProblem unasked(String title, String field, String message) {
        return new ApiProblem(UNASKED, title, message, List.of(new FieldError(field, message, null)));
    }

    /** Reads a problem object; what it does not say stays empty. */
    static ApiProblem of(int status, JsonObject problem) {
        try {
            List<FieldError> errors = problem.containsKey("errors")
                    ? problem.getJsonArray("errors").getValuesAs(JsonObject.class).stream()
                            .map(error -> new FieldError(
                                    error.getString("field", ""), error.getString("message", ""), Reason.of(error)))
                            .toList()
                    : List.of();
            return new ApiProblem(
                    status,
                    problem.getString("title", "HTTP " + status),
                    problem.getString("detail", ""),
                    errors,
                    problem.getString("code", ""),
                    Reason.of(problem));
        } catch (ClassCastException | JsonException e) {
            return new ApiProblem(status, "HTTP " + status, problem.toString(), List.of());
        }
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** As listed at {@code /docs/problems}; empty when the answer had none. */
    public String code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** The detail for other languages; null when the API says it in English only. */
    public @Nullable Reason reason() {
        return reason;
    }

    /**
     * One mistake in one field.
     *
     * @param reason the message for other languages; null when the API says it in English only
     */
    public record FieldError(
            String field, String message, @Nullable Reason reason) {}

    /**
     * What stands for a sentence.
     *
     * @param values what the sentence speaks of, in the order of its places
     */
    public record Reason(String key, List<String> values) {

        static @Nullable Reason of(JsonObject said) {
            return of(said, "reason");
        }

        /** Reads one that stands somewhere as a JSON text; null when it is none. */
        public static @Nullable Reason parse(String json) {
            try (JsonReader reader = Json.createReader(new StringReader(json))) {
                return new Reason(reader.readObject());
            } catch (JsonException | ClassCastException e) {
                return null;
            }
        }

        private Reason(JsonObject reason) {
            this(JsonFields.text(reason, "key"), JsonFields.texts(reason, "values"));
        }

        static @Nullable Reason of(JsonObject said, String field) {
            return said.get(field) instanceof JsonObject reason ? new Reason(reason) : null;
        }
    }
}

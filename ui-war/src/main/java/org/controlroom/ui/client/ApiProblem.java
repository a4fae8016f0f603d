package org.controlroom.ui.client;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.util.List;

/** What the API answered instead of what was asked for: the problem details of RFC 9457, or that it did not answer. */
public class ApiProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient List<FieldError> errors;

    /** @param status HTTP status; 0 when there was no answer */
    public ApiProblem(int status, String title, String detail, List<FieldError> errors) {
        super(detail);
        this.status = status;
        this.title = title;
        this.errors = List.copyOf(errors);
    }

    /** Reads a problem object; what it does not say stays empty. */
    static ApiProblem of(int status, JsonObject problem) {
        try {
            List<FieldError> errors = problem.containsKey("errors")
                    ? problem.getJsonArray("errors").getValuesAs(JsonObject.class).stream()
                            .map(error -> new FieldError(error.getString("field", ""), error.getString("message", "")))
                            .toList()
                    : List.of();
            return new ApiProblem(
                    status, problem.getString("title", "HTTP " + status), problem.getString("detail", ""), errors);
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

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** One mistake in one field. */
    public record FieldError(String field, String message) {}
}

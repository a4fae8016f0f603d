package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Catalogue files that were sent to the server.
 *
 * @param products null until it has arrived
 * @param labels null until it has arrived, and for good when there are none
 * @param runId the run that loads it or has loaded it; null before
 */
public record CatalogueUpload(
        String id,
        @Nullable Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable File products,
        @Nullable File labels,
        @Nullable String runId) {

    static CatalogueUpload of(JsonObject json) {
        return new CatalogueUpload(
                json.getString("id"),
                JsonFields.instantOrNull(json, "created_at"),
                JsonFields.instantOrNull(json, "expires_at"),
                File.of(json, "products"),
                File.of(json, "labels"),
                JsonFields.textOrNull(json, "run_id"));
    }

    public record File(String name, long bytes) {
        static @Nullable File of(JsonObject json, String key) {
            return json.get(key) instanceof JsonObject file
                    ? new File(file.getString("name"), JsonFields.number(file, "bytes"))
                    : null;
        }
    }

    /**
     * The beginning of one file.
     *
     * @param part {@code products} or {@code labels}
     * @param whole whether all rows were looked at
     * @param problem why it cannot be loaded as a whole; null when it can so far
     * @param problemReason the same for other languages; null when it is said in English only
     */
    public record Preview(
            String part,
            String name,
            List<String> columns,
            long checked,
            boolean whole,
            List<Row> rows,
            List<Mistake> mistakes,
            @Nullable String problem,
            ApiProblem.@Nullable Reason problemReason) {

        public Preview {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
            mistakes = List.copyOf(mistakes);
        }

        static Preview of(JsonObject json) {
            return new Preview(
                    json.getString("part"),
                    json.getString("name"),
                    JsonFields.texts(json, "columns"),
                    JsonFields.number(json, "rows_checked"),
                    json.getBoolean("whole"),
                    JsonFields.objects(
                            json,
                            "rows",
                            row -> new Row(JsonFields.number(row, "line"), JsonFields.texts(row, "fields"))),
                    JsonFields.objects(
                            json,
                            "mistakes",
                            one -> new Mistake(
                                    JsonFields.number(one, "line"),
                                    one.getString("reason"),
                                    ApiProblem.Reason.of(one, "words"))),
                    JsonFields.textOrNull(json, "problem"),
                    ApiProblem.Reason.of(json, "problem_reason"));
        }
    }

    public record Row(long line, List<String> fields) {
        public Row {
            fields = List.copyOf(fields);
        }
    }

    /** @param words the reason for other languages; null when it is said in English only */
    public record Mistake(long line, String reason, ApiProblem.@Nullable Reason words) {}
}

package org.controlroom.ui.client;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the API says about the catalogue, read from its JSON. */
public final class Catalogue {

    private Catalogue() {}

    /** @param next cursor of the part after this; null on the last */
    public record Part<T>(List<T> items, @Nullable String next) {

        public Part {
            items = List.copyOf(items);
        }

        static <T> Part<T> of(JsonObject page, Function<JsonObject, T> item) {
            return new Part<>(JsonFields.objects(page, "items", item), JsonFields.textOrNull(page, "next"));
        }
    }

    /**
     * One bar.
     *
     * @param share of all, 0..1
     * @param length of the longest bar, 0..1
     */
    public record Share(String name, long count, double share, double length) {

        static List<Share> of(JsonObject counts) {
            List<String> names = new ArrayList<>(counts.keySet());
            List<Long> all = names.stream()
                    .map(name -> counts.getJsonNumber(name).longValue())
                    .toList();
            List<Share> shares = of(names, all);
            return shares.stream()
                    .sorted(Comparator.comparing(Share::count).reversed())
                    .toList();
        }

        static List<Share> of(List<String> names, List<Long> counts) {
            long sum = Math.max(1, counts.stream().mapToLong(Long::longValue).sum());
            long most =
                    Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElse(1));
            List<Share> shares = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                long count = counts.get(i);
                shares.add(new Share(names.get(i), count, (double) count / sum, (double) count / most));
            }
            return shares;
        }
    }

    /** Lengths of texts in characters; the names of the bars are {@code 0}, {@code 1–99} and {@code 8000+}. */
    public record Lengths(int shortest, double mean, int median, int percentile95, int longest, List<Share> bars) {

        public Lengths {
            bars = List.copyOf(bars);
        }

        static Lengths of(JsonObject lengths) {
            List<String> names = new ArrayList<>();
            List<Long> counts = new ArrayList<>();
            for (JsonObject bucket : JsonFields.array(lengths, "buckets").getValuesAs(JsonObject.class)) {
                int from = bucket.getInt("from");
                Long to = JsonFields.numberOrNull(bucket, "to");
                names.add(to == null ? from + "+" : to == from ? Integer.toString(from) : from + "–" + to);
                counts.add(bucket.getJsonNumber("products").longValue());
            }
            return new Lengths(
                    lengths.getInt("shortest"),
                    lengths.getJsonNumber("mean").doubleValue(),
                    lengths.getInt("median"),
                    lengths.getInt("percentile95"),
                    lengths.getInt("longest"),
                    Share.of(names, counts));
        }
    }

    /** @param loadId the load after which it was counted; null when nothing was ever loaded */
    public record Statistics(
            @Nullable Instant computedAt,
            @Nullable Long loadId,
            long products,
            long labelled,
            long withImage,
            long withoutDescription,
            List<Share> classes,
            List<Share> languages,
            Lengths designation,
            Lengths description) {

        public Statistics {
            classes = List.copyOf(classes);
            languages = List.copyOf(languages);
        }

        static Statistics of(JsonObject json) {
            return new Statistics(
                    JsonFields.instantOrNull(json, "computed_at"),
                    JsonFields.numberOrNull(json, "load_id"),
                    JsonFields.number(json, "products"),
                    JsonFields.number(json, "labelled"),
                    JsonFields.number(json, "with_image"),
                    JsonFields.number(json, "without_description"),
                    Share.of(json.getJsonObject("by_label")),
                    Share.of(json.getJsonObject("by_language")),
                    Lengths.of(json.getJsonObject("designation_chars")),
                    Lengths.of(json.getJsonObject("description_chars")));
        }

        /** Part of the products, 0..1. */
        public double share(long count) {
            return products == 0 ? 0 : (double) count / products;
        }
    }

    /** @param label null while unknown */
    public record ProductLine(
            long id,
            String designation,
            String description,
            @Nullable Long label,
            @Nullable Long imageId) {

        static ProductLine of(JsonObject json) {
            return new ProductLine(
                    JsonFields.number(json, "product_id"),
                    json.getString("designation"),
                    json.getString("description"),
                    JsonFields.numberOrNull(json, "label"),
                    JsonFields.numberOrNull(json, "image_id"));
        }
    }

    /** @param language {@code fr}, {@code en}, {@code de} or {@code unknown} */
    public record ProductDetail(
            ProductLine product, String language, @Nullable Instant createdAt, List<Change> changes) {

        public ProductDetail {
            changes = List.copyOf(changes);
        }

        static ProductDetail of(JsonObject json) {
            return new ProductDetail(
                    ProductLine.of(json.getJsonObject("product")),
                    json.getString("language"),
                    JsonFields.instantOrNull(json, "created_at"),
                    JsonFields.objects(json, "changes", Change::of));
        }
    }

    /** @param operation {@code insert} or {@code update} */
    public record Change(
            long loadId,
            String batchName,
            String operation,
            List<String> fields,
            @Nullable Instant time) {

        public Change {
            fields = List.copyOf(fields);
        }

        static Change of(JsonObject json) {
            return new Change(
                    JsonFields.number(json, "load_id"),
                    json.getString("batch_name"),
                    json.getString("operation"),
                    JsonFields.texts(json, "fields"),
                    JsonFields.instantOrNull(json, "time"));
        }
    }

    /** @param best the likeliest codes, best first; lengths are shares of 1 */
    public record Trial(long label, double confidence, List<Share> best, String modelName, String modelVersion) {

        public Trial {
            best = List.copyOf(best);
        }

        static Trial of(JsonObject json) {
            List<Share> best = new ArrayList<>();
            json.getJsonObject("probabilities").forEach((code, value) -> {
                double probability = ((JsonNumber) value).doubleValue();
                best.add(new Share(code, 0, probability, probability));
            });
            return new Trial(
                    JsonFields.number(json, "predicted_class"),
                    json.getJsonNumber("confidence").doubleValue(),
                    best,
                    json.getString("model_name"),
                    json.getString("model_version"));
        }
    }

    /**
     * A part of a source.
     *
     * @param folder the source; empty where it is said elsewhere
     * @param loaded part of the source that is loaded, 0..1
     * @param from 0..1
     * @param to 0..1
     */
    public record Portion(String folder, double loaded, double from, double to) {

        static Portion of(JsonObject json) {
            return new Portion(
                    JsonFields.text(json, "folder"),
                    JsonFields.decimal(json, "loaded_percent") / 100,
                    JsonFields.decimal(json, "from_percent") / 100,
                    JsonFields.decimal(json, "to_percent") / 100);
        }

        public boolean whole() {
            return from == 0 && to == 1;
        }
    }

    /** @param status {@code running}, {@code completed} or {@code failed} */
    public record Load(
            long id,
            String name,
            String source,
            Portion portion,
            String status,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            long read,
            long added,
            long changed,
            long rejected,
            @Nullable String error,
            ApiProblem.@Nullable Reason errorReason,
            @Nullable Rollback rollback) {

        static Load of(JsonObject json) {
            return new Load(
                    JsonFields.number(json, "id"),
                    json.getString("batch_name"),
                    json.getString("source"),
                    Portion.of(JsonFields.object(json, "portion")),
                    json.getString("status"),
                    JsonFields.instantOrNull(json, "started_at"),
                    JsonFields.instantOrNull(json, "ended_at"),
                    JsonFields.number(json, "rows_read"),
                    JsonFields.number(json, "rows_added"),
                    JsonFields.number(json, "rows_changed"),
                    JsonFields.number(json, "rows_rejected"),
                    JsonFields.textOrNull(json, "error"),
                    ApiProblem.Reason.of(json, "error_reason"),
                    Rollback.of(json));
        }

        /** Its state for people: a load that was taken back is {@code rolledback}. */
        public String shown() {
            return rollback == null ? status : "rolledback";
        }

        public String level() {
            return switch (shown()) {
                case "completed" -> "good";
                case "failed" -> "bad";
                case "rolledback" -> "warn";
                default -> "running";
            };
        }

        /** Null until it has ended. */
        public @Nullable Double seconds() {
            return startedAt == null || endedAt == null
                    ? null
                    : (Double) (Duration.between(startedAt, endedAt).toMillis() / 1000.0);
        }
    }

    /** That a load was taken back. */
    public record Rollback(@Nullable Instant at, String by, String reason) {

        static @Nullable Rollback of(JsonObject load) {
            if (load.isNull("rollback")) {
                return null;
            }
            JsonObject json = load.getJsonObject("rollback");
            return new Rollback(JsonFields.instantOrNull(json, "at"), json.getString("by"), json.getString("reason"));
        }
    }

    /** @param words the reason for other languages; null when it is said in English only */
    public record Rejected(String file, long line, String reason, ApiProblem.@Nullable Reason words, String text) {
        static Rejected of(JsonObject json) {
            return new Rejected(
                    json.getString("file"),
                    JsonFields.number(json, "line"),
                    json.getString("reason"),
                    ApiProblem.Reason.of(json, "words"),
                    json.getString("text"));
        }
    }

    /**
     * A run of the load pipeline.
     *
     * @param what what it does now; empty before and after
     * @param done rows so far
     * @param total rows in all; -1 while unknown
     * @param loadId null until the rows are in the catalogue
     */
    public record LoadRun(
            String id,
            String status,
            String what,
            long done,
            long total,
            @Nullable String error,
            String errorCode,
            ApiProblem.@Nullable Reason errorReason,
            @Nullable String loadId) {

        static LoadRun of(JsonObject json) {
            JsonObject step = JsonFields.array(json, "steps").getValuesAs(JsonObject.class).stream()
                    .filter(one -> !one.getString("status").equals("completed"))
                    .findFirst()
                    .orElse(jakarta.json.JsonValue.EMPTY_JSON_OBJECT);
            return new LoadRun(
                    json.getString("id"),
                    json.getString("status"),
                    step.getString("name", ""),
                    step.getInt("done", 0),
                    step.getInt("total", -1),
                    JsonFields.textOrNull(json, "error"),
                    JsonFields.text(json, "error_code"),
                    ApiProblem.Reason.of(json, "error_reason"),
                    JsonFields.textOrNull(json.getJsonObject("outcome"), "load_id"));
        }

        public boolean ended() {
            return !status.equals("queued") && !status.equals("running");
        }
    }

    /** @param loaded what the run put into the catalogue; null until it has ended, and when nothing came of it */
    public record LoadProgress(LoadRun run, @Nullable Load loaded) {

        /** Whether it goes on, so that a page looks again. */
        public boolean loading() {
            return !run.ended();
        }
    }
}

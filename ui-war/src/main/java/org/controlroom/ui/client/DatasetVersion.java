package org.controlroom.ui.client;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A version of the dataset, read from its JSON.
 *
 * @param percentage of the source, 0..1
 * @param testFraction 0..1
 * @param loads ids of the loads that it came from, with commas
 */
public record DatasetVersion(
        String id,
        String hash,
        String runId,
        @Nullable Instant createdAt,
        String loads,
        long week,
        double percentage,
        long seed,
        double testFraction,
        String strategy,
        @Nullable Long balancedSize,
        long train,
        long written,
        long test,
        long leftOut,
        List<ClassRows> classes,
        List<File> files,
        @Nullable String registryRun) {

    public DatasetVersion {
        classes = List.copyOf(classes);
        files = List.copyOf(files);
    }

    static DatasetVersion of(JsonObject json) {
        return new DatasetVersion(
                json.getString("id"),
                json.getString("hash"),
                json.getString("run_id"),
                JsonFields.instantOrNull(json, "created_at"),
                JsonFields.array(json, "load_ids").getValuesAs(JsonNumber.class).stream()
                        .map(JsonNumber::toString)
                        .collect(Collectors.joining(", ")),
                JsonFields.number(json, "week"),
                JsonFields.decimal(json, "percentage") / 100,
                JsonFields.number(json, "seed"),
                JsonFields.decimal(json, "test_fraction"),
                json.getString("balancing_strategy"),
                JsonFields.numberOrNull(json, "balanced_size"),
                JsonFields.number(json, "train_rows"),
                JsonFields.number(json, "train_written"),
                JsonFields.number(json, "test_rows"),
                JsonFields.number(json, "left_out_rows"),
                JsonFields.objects(json, "classes", ClassRows::of),
                JsonFields.objects(json, "files", File::of),
                JsonFields.textOrNull(json, "registry_run"));
    }

    /** Where a file of it can be fetched. */
    public String address(File file) {
        return "/api/v1/datasets/" + id + "/files/" + file.name();
    }

    /** Part of the products that is tested on, 0..1. */
    public double testShare() {
        return train + test == 0 ? 0 : (double) test / (train + test);
    }

    /** One class of it. */
    public record ClassRows(long label, long train, long written, long test, long leftOut, double weight) {

        static ClassRows of(JsonObject json) {
            return new ClassRows(
                    JsonFields.number(json, "label"),
                    JsonFields.number(json, "train"),
                    JsonFields.number(json, "written"),
                    JsonFields.number(json, "test"),
                    JsonFields.number(json, "left_out"),
                    JsonFields.decimal(json, "weight"));
        }

        /** Part of the class that is tested on, 0..1. */
        public double testShare() {
            return train + test == 0 ? 0 : (double) test / (train + test);
        }
    }

    /** A file to download. */
    public record File(String name, long bytes, String sha256) {

        static File of(JsonObject json) {
            return new File(json.getString("name"), JsonFields.number(json, "bytes"), json.getString("sha256"));
        }
    }
}

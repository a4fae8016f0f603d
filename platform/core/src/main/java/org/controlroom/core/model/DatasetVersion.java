package org.controlroom.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The labelled catalogue of one moment, split, balanced and written to files.
 *
 * @param id the first 16 hex digits of a SHA-256 over rows, sides and settings; the same request on the same catalogue has
 *     the same id and the same bytes
 * @param hash lower-case hex SHA-256 over product ids, texts, pictures and labels in the order of product ids
 * @param runId pipeline run that made it first
 * @param loadIds completed loads that the catalogue came from, ascending
 * @param week of the portions, (percentage - 40) / 3 + 1 rounded, at least 1
 * @param percentage of the source that was taken, above 0, at most 100
 * @param seed of the split and of the oversampling
 * @param testFraction share of each class in the test part
 * @param balancingStrategy {@code none}, {@code oversample} or {@code class_weights}
 * @param balancedSize rows up to which a class is oversampled; null without oversampling
 * @param trainRows products of the training part
 * @param trainWritten rows of the training file; more than {@code trainRows} when oversampled
 * @param testRows products of the test part, and rows of its file
 * @param leftOutRows products in neither part, because their near-duplicates stand on both sides
 * @param classes one entry for each label, ascending
 * @param files the training file, then the test file
 * @param registryRun the registry's run with its lineage; null until it is logged
 */
public record DatasetVersion(
        String id,
        String hash,
        String runId,
        Instant createdAt,
        List<Long> loadIds,
        int week,
        double percentage,
        long seed,
        double testFraction,
        String balancingStrategy,
        @Nullable Long balancedSize,
        long trainRows,
        long trainWritten,
        long testRows,
        long leftOutRows,
        List<ClassRows> classes,
        List<File> files,
        @Nullable String registryRun) {

    public DatasetVersion {
        loadIds = List.copyOf(loadIds);
        classes = List.copyOf(classes);
        files = List.copyOf(files);
    }

    /** The strategy that gives rows weights. */
    public static final String CLASS_WEIGHTS = "class_weights";

    public boolean isWeighted() {
        return balancingStrategy.equals(CLASS_WEIGHTS);
    }

    /**
     * One class.
     *
     * @param train products in the training part
     * @param written rows in the training file
     * @param test products in the test part
     * @param leftOut products in neither
     * @param weight of each training row; 1 unless the strategy is {@code class_weights}
     */
    public record ClassRows(int label, long train, long written, long test, long leftOut, double weight) {}

    /** @param sha256 of the bytes, lower-case hex */
    public record File(String name, long bytes, String sha256) {}

    /** The same with its classes and files. */
    public DatasetVersion with(List<ClassRows> otherClasses, List<File> otherFiles) {
        return new DatasetVersion(
                id,
                hash,
                runId,
                createdAt,
                loadIds,
                week,
                percentage,
                seed,
                testFraction,
                balancingStrategy,
                balancedSize,
                trainRows,
                trainWritten,
                testRows,
                leftOutRows,
                otherClasses,
                otherFiles,
                registryRun);
    }
}

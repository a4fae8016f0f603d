package org.controlroom.spi;

import java.util.Objects;

/**
 * What the indices of an extractor's vectors mean, so that a classifier is never fed vectors of another extractor.
 *
 * @param size number of features; valid indices are 0 to size - 1
 * @param fingerprint lower-case hex SHA-256 over everything that decides which feature has which index and weight
 */
public record FeatureSchema(int size, String fingerprint) {

    public FeatureSchema {
        Objects.requireNonNull(fingerprint, "fingerprint");
        if (size < 0) {
            throw new IllegalArgumentException("feature schema: size=" + size + "; must be 0 or more");
        }
        if (!fingerprint.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "feature schema: fingerprint=" + fingerprint + "; must be 64 lower-case hex digits");
        }
    }
}

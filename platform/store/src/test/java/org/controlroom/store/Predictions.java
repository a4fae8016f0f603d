package org.controlroom.store;

import java.time.Instant;
import org.controlroom.core.model.Prediction;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;

/** Predictions for tests. */
final class Predictions {

    static final Instant TIME = Instant.parse("2026-11-23T10:20:30.123456Z");

    private Predictions() {}

    static Prediction of(String id, String designation, String description) {
        return of(id, designation, description, 20, 0.75f, "3");
    }

    static Prediction of(
            String id, String designation, String description, int label, float confidence, String version) {
        float rest = 1 - confidence;
        return new Prediction(
                id,
                TIME,
                new Product(designation, description),
                Labels.of(label, 999_999),
                new float[] {confidence, rest},
                0,
                "rakuten_classifier",
                version,
                "Production");
    }

    static Prediction at(Instant time, String id, String designation, float confidence) {
        return new Prediction(
                id,
                time,
                new Product(designation, ""),
                Labels.of(20, 999_999),
                new float[] {confidence, 1 - confidence},
                0,
                "rakuten_classifier",
                "3",
                "Production");
    }
}

package org.controlroom.testkit;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Settings;
import org.controlroom.spi.drift.DriftDetector;
import org.controlroom.spi.drift.DriftResult;
import org.controlroom.spi.drift.DriftSample;

/** Compares means: the mean of numbers, the share of the first category. Drifted when they differ by more than 0.1. */
public final class FakeDriftDetector implements DriftDetector {

    private static final double THRESHOLD = 0.1;

    @Override
    public Set<Class<? extends DriftSample>> kinds() {
        return Set.of(DriftSample.Numeric.class, DriftSample.Categorical.class);
    }

    @Override
    public DriftResult compare(DriftSample reference, DriftSample current, Settings settings) {
        settings.as(FakeClassifierTrainer.NoSettings.class);
        if (reference.getClass() != current.getClass() || reference.count() == 0 || current.count() == 0) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT, "fake detector: samples must be of one kind and not empty");
        }
        double distance = Math.abs(figure(reference, reference) - figure(current, reference));
        return new DriftResult(distance, null, THRESHOLD, distance > THRESHOLD);
    }

    private static double figure(DriftSample sample, DriftSample reference) {
        if (sample instanceof DriftSample.Numeric numeric) {
            double[] finite =
                    Arrays.stream(numeric.values()).filter(Double::isFinite).toArray();
            double shift = 0;
            for (double value : finite) {
                shift += value / finite.length;
            }
            return Math.max(-1e300, Math.min(1e300, shift));
        } else if (sample instanceof DriftSample.Categorical categorical
                && reference instanceof DriftSample.Categorical known) {
            Map<String, Long> counts = categorical.counts();
            return (double) counts.getOrDefault(known.counts().firstKey(), 0L) / categorical.count();
        }
        throw new ControlRoomException(ErrorCode.INVALID_INPUT, "fake detector: takes numbers and categories only");
    }
}

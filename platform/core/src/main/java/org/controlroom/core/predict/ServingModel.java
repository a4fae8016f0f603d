package org.controlroom.core.predict;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.controlroom.core.artifact.Calibration;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.model.Explanation;
import org.controlroom.core.port.Plugins.Lease;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.FeatureExtractorFactory;

/**
 * A loaded model: extractor, classifier and calibration that belong together, with the leases on their plugins.
 * Immutable to its callers; thread-safe. Whoever makes it closes it, after the last call has returned.
 */
public final class ServingModel implements AutoCloseable {

    /** Buffers kept for later calls, so that a call does not allocate them; more threads than this make their own. */
    private static final int KEPT_BUFFERS = 64;

    private final Manifest manifest;
    private final FeatureExtractor extractor;
    private final Classifier classifier;
    private final Calibration calibration;
    private final Lease<FeatureExtractorFactory> extractorLease;
    private final Lease<ClassifierTrainer> classifierLease;
    private final AtomicReferenceArray<FeatureVector> vectors = new AtomicReferenceArray<>(KEPT_BUFFERS);

    /** Takes over both leases. The parts must have been checked against each other. */
    public ServingModel(
            Manifest manifest,
            FeatureExtractor extractor,
            Classifier classifier,
            Calibration calibration,
            Lease<FeatureExtractorFactory> extractorLease,
            Lease<ClassifierTrainer> classifierLease) {
        this.manifest = manifest;
        this.extractor = extractor;
        this.classifier = classifier;
        this.calibration = calibration;
        this.extractorLease = extractorLease;
        this.classifierLease = classifierLease;
    }

    /** What the model is and how it was trained. */
    public Manifest manifest() {
        return manifest;
    }

    public Labels labels() {
        return manifest.labels();
    }

    /** The plugin versions that run it now, for example {@code extractor-tfidf 1.2.0}; extractor first. */
    public List<String> plugins() {
        return List.of(
                extractorLease.pluginId() + " " + extractorLease.version(),
                classifierLease.pluginId() + " " + classifierLease.version());
    }

    /** Whether this version of the plugin runs the model. */
    public boolean uses(String pluginId, String version) {
        return plugins().contains(pluginId + " " + version);
    }

    /**
     * Computes the probability of every label, for a trial: nothing is counted.
     *
     * @param out overwritten; one a label, in label order, summing to 1
     * @throws ControlRoomException PLUGIN_FAILED when a plugin throws or gives a score that is not finite
     */
    public void probabilities(Product product, float[] out) {
        score(product, out, false);
    }

    /** The same for somebody who asked, counted as a call of each plugin. */
    public void answer(Product product, float[] out) {
        score(product, out, true);
    }

    private void score(Product product, float[] out, boolean counted) {
        int slot = (int) Thread.currentThread().getId() & KEPT_BUFFERS - 1;
        FeatureVector vector = vectors.getAndSet(slot, null);
        if (vector == null) {
            vector = new FeatureVector();
        }
        Lease<?> called = extractorLease;
        try {
            extractor.extract(product, vector);
            if (counted) {
                extractorLease.count(true);
            }
            called = classifierLease;
            classifier.score(vector, out);
            if (counted) {
                classifierLease.count(true);
            }
        } catch (RuntimeException | LinkageError e) {
            if (counted) {
                called.count(false);
            }
            if (e instanceof ControlRoomException known) {
                throw known;
            }
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_FAILED, "model " + plugins() + " failed on a product: " + e, e);
        }
        calibration.probabilities(out, out);
        vectors.set(slot, vector);
    }

    /**
     * Says which terms made the likeliest label and the one after it what they are.
     *
     * @param probabilities what {@link #probabilities} gave for the same product
     * @param termsEachWay terms for and terms against to show at most, 1 or more
     * @throws ControlRoomException CONFLICT when a plugin of the model cannot explain; PLUGIN_FAILED when one throws
     */
    public Explanation explain(Product product, float[] probabilities, int termsEachWay) {
        checkExplains();
        FeatureVector vector = new FeatureVector();
        try {
            extractor.extract(product, vector);
            return new ExplainLabels(extractor, classifier)
                    .explain(product, vector, twoBest(probabilities), termsEachWay);
        } catch (ControlRoomException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_FAILED, "model " + plugins() + " failed to explain a product: " + e, e);
        }
    }

    /** @throws ControlRoomException CONFLICT when a plugin of the model cannot explain */
    public void checkExplains() {
        Optional<String> lack = new ExplainLabels(extractor, classifier).lack(plugins());
        if (lack.isPresent()) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT, "the live model cannot explain its answers: " + lack.get());
        }
    }

    private static int[] twoBest(float[] probabilities) {
        int first = 0;
        int second = -1;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[first]) {
                second = first;
                first = i;
            } else if (second < 0 || probabilities[i] > probabilities[second]) {
                second = i;
            }
        }
        return second < 0 ? new int[] {first} : new int[] {first, second};
    }

    /** Closes the leases; to be called once no call is running. Closing twice does nothing. */
    @Override
    public void close() {
        classifierLease.close();
        extractorLease.close();
    }
}

package org.controlroom.core.predict;

import java.util.List;
import java.util.Optional;
import org.controlroom.core.artifact.Calibration;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.model.Explanation;
import org.controlroom.core.port.Plugins.Lease;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.classify.RawTextClassifier;
import org.controlroom.spi.classify.RawTextClassifierFactory;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.FeatureExtractorFactory;

/**
 * A loaded model: extractor, classifier and calibration that belong together, with the leases on their plugins. A model
 * whose classifier takes text has no extractor.
 * Immutable to its callers; thread-safe. Whoever makes it closes it, after the last call has returned.
 */
public final class ServingModel implements AutoCloseable {

    private final Manifest manifest;
    private final Scoring scoring;
    private final Calibration calibration;

    private ServingModel(Manifest manifest, Scoring scoring, Calibration calibration) {
        this.manifest = manifest;
        this.scoring = scoring;
        this.calibration = calibration;
    }

    /** Takes over both leases. The parts must have been checked against each other. */
    public ServingModel(
            Manifest manifest,
            FeatureExtractor extractor,
            Classifier classifier,
            Calibration calibration,
            Lease<FeatureExtractorFactory> extractorLease,
            Lease<ClassifierTrainer> classifierLease) {
        this(manifest, new VectorScoring(extractor, classifier, extractorLease, classifierLease), calibration);
    }

    /** A model without extractor. Takes over classifier and lease; they must have been checked against the manifest. */
    public static ServingModel ofText(
            Manifest manifest,
            RawTextClassifier classifier,
            Calibration calibration,
            Lease<RawTextClassifierFactory> lease) {
        return new ServingModel(manifest, new TextScoring(classifier, lease), calibration);
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
        return scoring.plugins();
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
        try {
            scoring.score(product, out, counted);
        } catch (ControlRoomException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw failed("on a product", e);
        }
        calibration.probabilities(out, out);
    }

    /** Whether the model answers several products at once faster than one after the other. */
    boolean answersTogether() {
        return scoring.together();
    }

    /**
     * {@link #probabilities(Product, float[])} of several products, at most some hundreds; equal within 1e-5.
     *
     * @param out an array a product
     */
    public void probabilities(List<Product> products, float[][] out) {
        scoreAll(products, out, false);
    }

    /** The same for somebody who asked, counted as calls of each plugin unless it fails. */
    void answer(List<Product> products, float[][] out) {
        scoreAll(products, out, true);
    }

    private void scoreAll(List<Product> products, float[][] out, boolean counted) {
        try {
            scoring.scoreAll(products, out, counted);
        } catch (ControlRoomException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw failed("on one of " + products.size() + " products", e);
        }
        for (int i = 0; i < products.size(); i++) {
            calibration.probabilities(out[i], out[i]);
        }
    }

    private ControlRoomException failed(String on, Throwable e) {
        return new ControlRoomException(ErrorCode.PLUGIN_FAILED, "model " + plugins() + " failed " + on + ": " + e, e);
    }

    /**
     * Says which terms made the likeliest label and the one after it what they are.
     *
     * @param probabilities what {@link #probabilities} gave for the same product
     * @param termsEachWay terms for and terms against to show at most, 1 or more
     * @throws ControlRoomException CONFLICT when a plugin of the model cannot explain; PLUGIN_FAILED when one throws
     */
    public Explanation explain(Product product, float[] probabilities, int termsEachWay) {
        ExplainLabels explaining = explaining();
        try {
            return explaining.explain(product, twoBest(probabilities), termsEachWay);
        } catch (ControlRoomException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_FAILED, "model " + plugins() + " failed to explain a product: " + e, e);
        }
    }

    /** @throws ControlRoomException CONFLICT when a plugin of the model cannot explain */
    public void checkExplains() {
        explaining();
    }

    private ExplainLabels explaining() {
        String lack = plugins().get(0) + " takes the text as it is, and features of it are not known";
        if (scoring instanceof VectorScoring vectors) {
            ExplainLabels explaining = vectors.explaining();
            Optional<String> missing = explaining.lack(plugins());
            if (missing.isEmpty()) {
                return explaining;
            }
            lack = missing.get();
        }
        throw new ControlRoomException(ErrorCode.CONFLICT, "the live model cannot explain its answers: " + lack);
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
        scoring.close();
    }
}

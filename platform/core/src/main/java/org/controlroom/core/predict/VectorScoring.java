package org.controlroom.core.predict;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.controlroom.core.port.Plugins.Lease;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.FeatureExtractorFactory;

/** An extractor and a classifier of its vectors. */
final class VectorScoring implements Scoring {

    /** Buffers kept for later calls, so that a call does not allocate them; more threads than this make their own. */
    private static final int KEPT_BUFFERS = 64;

    private final FeatureExtractor extractor;
    private final Classifier classifier;
    private final Lease<FeatureExtractorFactory> extractorLease;
    private final Lease<ClassifierTrainer> classifierLease;
    private final AtomicReferenceArray<FeatureVector> vectors = new AtomicReferenceArray<>(KEPT_BUFFERS);

    VectorScoring(
            FeatureExtractor extractor,
            Classifier classifier,
            Lease<FeatureExtractorFactory> extractorLease,
            Lease<ClassifierTrainer> classifierLease) {
        this.extractor = extractor;
        this.classifier = classifier;
        this.extractorLease = extractorLease;
        this.classifierLease = classifierLease;
    }

    @Override
    public void score(Product product, float[] out, boolean counted) {
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
            throw e;
        }
        vectors.set(slot, vector);
    }

    @Override
    public void scoreAll(List<Product> products, float[][] out, boolean counted) {
        for (int i = 0; i < products.size(); i++) {
            score(products.get(i), out[i], counted);
        }
    }

    @Override
    public boolean together() {
        return false;
    }

    @Override
    public List<String> plugins() {
        return List.of(
                extractorLease.pluginId() + " " + extractorLease.version(),
                classifierLease.pluginId() + " " + classifierLease.version());
    }

    ExplainLabels explaining() {
        return new ExplainLabels(extractor, classifier);
    }

    @Override
    public void close() {
        classifierLease.close();
        extractorLease.close();
    }
}

package org.controlroom.core.predict;

import java.util.List;
import org.controlroom.core.port.Plugins.Lease;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.RawTextClassifier;
import org.controlroom.spi.classify.RawTextClassifierFactory;

/** A classifier that takes the text as it is. */
final class TextScoring implements Scoring {

    private final RawTextClassifier classifier;
    private final Lease<RawTextClassifierFactory> lease;

    TextScoring(RawTextClassifier classifier, Lease<RawTextClassifierFactory> lease) {
        this.classifier = classifier;
        this.lease = lease;
    }

    @Override
    public void score(Product product, float[] out, boolean counted) {
        try {
            classifier.score(product, out);
            if (counted) {
                lease.count(true);
            }
        } catch (RuntimeException | LinkageError e) {
            if (counted) {
                lease.count(false);
            }
            throw e;
        }
    }

    @Override
    public void scoreAll(List<Product> products, float[][] out, boolean counted) {
        classifier.scoreAll(products, out);
        for (int i = 0; counted && i < products.size(); i++) {
            lease.count(true);
        }
    }

    @Override
    public boolean together() {
        return true;
    }

    @Override
    public List<String> plugins() {
        return List.of(lease.pluginId() + " " + lease.version());
    }

    @Override
    public void close() {
        classifier.close();
        lease.close();
    }
}

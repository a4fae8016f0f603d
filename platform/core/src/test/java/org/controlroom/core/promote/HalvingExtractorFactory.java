package org.controlroom.core.promote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.controlroom.spi.FeatureSchema;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.TrainingContext;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.FeatureExtractorFactory;
import org.controlroom.testkit.FakeExtractorFactory;

/** A new version with a mistake: reads the same state, and weighs every feature half as much. */
final class HalvingExtractorFactory implements FeatureExtractorFactory {

    private final FakeExtractorFactory right = new FakeExtractorFactory();

    @Override
    public FeatureExtractor fit(List<Product> products, TrainingContext context) {
        return new Halving(right.fit(products, context));
    }

    @Override
    public FeatureExtractor load(InputStream state) throws IOException {
        return new Halving(right.load(state));
    }

    private record Halving(FeatureExtractor right) implements FeatureExtractor {
        @Override
        public FeatureSchema schema() {
            return right.schema();
        }

        @Override
        public void extract(Product product, FeatureVector out) {
            right.extract(product, out);
            out.scale(0, 0.5f);
        }

        @Override
        public void save(OutputStream out) throws IOException {
            right.save(out);
        }
    }
}

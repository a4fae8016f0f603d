package org.controlroom.core.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.TrainingContext;
import org.controlroom.spi.feature.FeatureExtractor;

/** Extracts the feature vectors of many products on several threads, in the order of the products. */
final class FeatureRows {

    private static final int ROWS_A_TASK = 512;

    private FeatureRows() {}

    static FeatureMatrix extract(FeatureExtractor extractor, List<Product> products, TrainingContext context) {
        AtomicLong done = new AtomicLong();
        int columns = extractor.schema().size();
        List<Callable<FeatureMatrix>> tasks = new ArrayList<>();
        for (int from = 0; from < products.size(); from += ROWS_A_TASK) {
            List<Product> part = products.subList(from, Math.min(products.size(), from + ROWS_A_TASK));
            tasks.add(() -> {
                context.progress().throwIfCancelled();
                FeatureMatrix.Builder builder = new FeatureMatrix.Builder(columns, part.size());
                FeatureVector vector = new FeatureVector();
                for (Product product : part) {
                    extractor.extract(product, vector);
                    builder.add(vector);
                }
                context.progress().report("extracting features", done.addAndGet(part.size()), products.size());
                return builder.build();
            });
        }
        FeatureMatrix.Builder all = new FeatureMatrix.Builder(columns, products.size());
        for (FeatureMatrix part : context.runAll(tasks)) {
            all.addAll(part);
        }
        return all.build();
    }
}

package org.controlroom.api.predict;

import java.util.List;
import org.controlroom.core.predict.ServePrediction;
import org.controlroom.spi.Product;

/** Answers products as {@link ServePrediction#predictAll} does. */
public interface BatchPredictions {

    void predictAll(List<Product> products, ServePrediction.Answers answers);
}

package org.controlroom.spi.feature;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.controlroom.spi.Product;
import org.controlroom.spi.TrainingContext;

/**
 * The service of an extractor plugin.
 *
 * <p>Life: 1. {@link #fit} once a training, on training products only; 2. {@link FeatureExtractor#save}; 3.
 * {@link #load} on any node, any number of times. Both methods may be called by several threads at once.
 */
public interface FeatureExtractorFactory {

    /**
     * Learns an extractor from products.
     *
     * @param products training products, never empty; the list is read by several threads and not changed
     * @throws org.controlroom.spi.ControlRoomException SETTINGS_INVALID, TRAINING_DATA_INVALID when no feature is left,
     *     CANCELLED
     */
    FeatureExtractor fit(List<Product> products, TrainingContext context);

    /**
     * Reads what {@link FeatureExtractor#save} wrote, by this or an older version in the same major version.
     *
     * @throws org.controlroom.spi.ControlRoomException ARTIFACT_INVALID when the bytes are not such a state
     * @throws IOException when the stream fails
     */
    FeatureExtractor load(InputStream state) throws IOException;
}

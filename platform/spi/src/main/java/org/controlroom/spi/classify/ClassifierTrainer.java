package org.controlroom.spi.classify;

import java.io.IOException;
import java.io.InputStream;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.TrainingContext;

/**
 * The service of a classifier plugin.
 *
 * <p>Life: 1. {@link #train} once or several times a training run, each time from nothing; 2. {@link Classifier#save};
 * 3. {@link #load} on any node, any number of times. Both methods may be called by several threads at once.
 */
public interface ClassifierTrainer {

    /**
     * Learns a classifier.
     *
     * @param vectors one row a product, at least one row
     * @param labels code of each row, same length as {@code vectors.rows()}; at least two different codes
     * @throws org.controlroom.spi.ControlRoomException SETTINGS_INVALID, TRAINING_DATA_INVALID, CANCELLED
     */
    Classifier train(FeatureMatrix vectors, int[] labels, TrainingContext context);

    /**
     * Reads what {@link Classifier#save} wrote, by this or an older version in the same major version.
     *
     * @throws org.controlroom.spi.ControlRoomException ARTIFACT_INVALID when the bytes are not such a state
     * @throws IOException when the stream fails
     */
    Classifier load(InputStream state) throws IOException;
}

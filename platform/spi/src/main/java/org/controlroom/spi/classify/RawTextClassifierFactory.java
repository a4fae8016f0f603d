package org.controlroom.spi.classify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * The service of a plugin for models that were trained elsewhere and take text.
 *
 * <p>Life: 1. {@link #read} once, when a model is imported; 2. {@link RawTextClassifier#save}; 3. {@link #load} on any node,
 * any number of times; 4. {@link RawTextClassifier#close}. Both methods may be called by several threads at once.
 */
public interface RawTextClassifierFactory {

    /**
     * Takes over a model from its files.
     *
     * @param folder files in the form that the plugin documents, without folders in it; deleted after the call
     * @throws org.controlroom.spi.ControlRoomException ARTIFACT_INVALID naming the file and what is wrong with it
     * @throws IOException when a file cannot be read
     */
    RawTextClassifier read(Path folder) throws IOException;

    /**
     * Reads what {@link RawTextClassifier#save} wrote, by this or an older version in the same major version.
     *
     * @throws org.controlroom.spi.ControlRoomException ARTIFACT_INVALID when the bytes are not such a state
     * @throws IOException when the stream fails
     */
    RawTextClassifier load(InputStream state) throws IOException;
}

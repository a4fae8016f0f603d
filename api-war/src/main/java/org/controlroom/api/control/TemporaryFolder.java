package org.controlroom.api.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.controlroom.core.artifact.SafeFiles;

/**
 * A folder that goes away with all in it when closed.
 *
 * @param path where it is
 */
record TemporaryFolder(Path path) implements AutoCloseable {

    static TemporaryFolder create(String purpose) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory("controlroom-" + purpose));
    }

    @Override
    public void close() {
        SafeFiles.delete(path);
    }
}

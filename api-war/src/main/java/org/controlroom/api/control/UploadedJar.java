package org.controlroom.api.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/** A plugin jar as it was sent, kept in a temporary folder until closed. */
record UploadedJar(TemporaryFolder folder, Path file) implements AutoCloseable {

    /** Above what the plugin host takes by default; it has the last word. */
    private static final long MAX_BYTES = 512L << 20;

    static UploadedJar receive(InputStream in) throws IOException {
        return receive(in, "plugin.jar");
    }

    /** @param name as the user calls the file, for messages */
    static UploadedJar receive(InputStream in, String name) throws IOException {
        TemporaryFolder folder = TemporaryFolder.create("plugin");
        String plain = name.substring(name.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._ -]", "_");
        Path file = folder.path().resolve(plain.matches("[. ]*") ? "plugin.jar" : plain);
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long size = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > MAX_BYTES) {
                    throw new ControlRoomException(
                            ErrorCode.TOO_LARGE,
                            Reason.of("jar-too-large", "the jar has more than {0} bytes", MAX_BYTES));
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
        return new UploadedJar(folder, file);
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}

package org.controlroom.runtime;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a test puts into a copy of an application: fails as the server does when it has lost its class loader, after the
 * routes of the application have been made. Lies there and does nothing when the data folder has no file {@link #WANTED}.
 */
public class FailingServlet extends HttpServlet {
    /** In the data folder: how often it still has to fail. */
    static final String WANTED = "failures-wanted";

    private static final long serialVersionUID = 1L;

    @Override
    public void init() {
        Path file = Path.of(System.getProperty("controlroom.data.dir"), WANTED);
        try {
            int times = Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
            if (times > 0) {
                Files.writeString(file, String.valueOf(times - 1));
                throw new NullPointerException("Cannot invoke \"java.lang.ClassLoader.getResource(String)\" because the"
                        + " return value of \"java.lang.Thread.getContextClassLoader()\" is null");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

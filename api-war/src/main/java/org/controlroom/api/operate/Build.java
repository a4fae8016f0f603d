package org.controlroom.api.operate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote about itself. */
public final class Build {

    private static final Properties WRITTEN = read();

    private Build() {}

    /** Version of the code. */
    public static String version() {
        return WRITTEN.getProperty("version", "unknown");
    }

    private static Properties read() {
        try (InputStream in = Build.class.getResourceAsStream("/org/controlroom/api/boot/build.properties")) {
            Properties build = new Properties();
            build.load(in);
            return build;
        } catch (IOException e) {
            throw new UncheckedIOException("build.properties cannot be read", e);
        }
    }
}

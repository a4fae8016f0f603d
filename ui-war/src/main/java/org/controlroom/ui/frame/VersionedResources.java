package org.controlroom.ui.frame;

import jakarta.faces.application.Resource;
import jakarta.faces.application.ResourceHandler;
import jakarta.faces.application.ResourceHandlerWrapper;
import jakarta.faces.application.ResourceWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Puts a checksum of their content into the addresses of our styles, scripts and pictures: browsers keep them for a week,
 * and after an update must not show the new pages with the old ones.
 */
public class VersionedResources extends ResourceHandlerWrapper {

    private static final Set<String> OURS = Set.of("css", "js", "img");

    private final Map<String, String> versions = new ConcurrentHashMap<>();

    public VersionedResources(ResourceHandler wrapped) {
        super(wrapped);
    }

    @Override
    public @Nullable Resource createResource(String name, @Nullable String library) {
        return versioned(super.createResource(name, library), name, library);
    }

    @Override
    public @Nullable Resource createResource(String name, @Nullable String library, @Nullable String contentType) {
        return versioned(super.createResource(name, library, contentType), name, library);
    }

    private @Nullable Resource versioned(@Nullable Resource resource, String name, @Nullable String library) {
        if (resource == null || library == null || !OURS.contains(library)) {
            return resource;
        }
        String version = versions.computeIfAbsent(library + "/" + name, key -> checksum(resource));
        return new Versioned(resource, version);
    }

    private static String checksum(Resource resource) {
        try (InputStream in = resource.getInputStream()) {
            CRC32 crc = new CRC32();
            crc.update(in.readAllBytes());
            return Long.toHexString(crc.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(resource.getResourceName() + " cannot be read", e);
        }
    }

    /** With its version in the address; the request itself is answered as before. */
    private static final class Versioned extends ResourceWrapper {

        private final String version;

        Versioned(Resource wrapped, String version) {
            super(wrapped);
            this.version = version;
        }

        @Override
        public String getRequestPath() {
            String path = super.getRequestPath();
            return path + (path.contains("?") ? "&" : "?") + "v=" + version;
        }
    }
}

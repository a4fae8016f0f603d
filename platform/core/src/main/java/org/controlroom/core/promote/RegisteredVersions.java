package org.controlroom.core.promote;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.NodeDeployment;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Says of the versions in the history whether the registry in use has them: it may be another than the one that they were in.
 * For one list; not thread-safe.
 */
public final class RegisteredVersions {

    /** More are asked for one by one. */
    private static final int NEWEST = 100;

    private final ModelRegistry registry;
    private final String model;

    /** Identity by number; empty for a version that the registry does not have. Null until somebody asks. */
    private @Nullable Map<String, Optional<String>> known;

    private boolean silent;

    public RegisteredVersions(ModelRegistry registry, String model) {
        this.registry = registry;
        this.model = model;
    }

    public Deployment mark(Deployment entry) {
        return entry.registered(isRegistered(entry.version(), entry.identity()));
    }

    public NodeDeployment mark(NodeDeployment entry) {
        return entry.registered(isRegistered(entry.version(), entry.identity()));
    }

    /** Null when nobody knows. */
    private @Nullable Boolean isRegistered(String version, @Nullable String identity) {
        if (identity == null || silent) {
            return null;
        }
        try {
            return identityOf(version).map(identity::equals).orElse(false);
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.REGISTRY_UNAVAILABLE) {
                throw e;
            }
            silent = true;
            return null;
        }
    }

    private Optional<String> identityOf(String version) {
        Map<String, Optional<String>> all = known;
        if (all == null) {
            Map<String, Optional<String>> found = new HashMap<>();
            registry.versions(new PageRequest(new TreeMap<>(Map.of("name", model)), null, null, NEWEST))
                    .items()
                    .forEach(each -> found.put(each.version(), Optional.of(VersionIdentity.of(each))));
            all = found;
            known = found;
        }
        return all.computeIfAbsent(version, number -> find(number).map(VersionIdentity::of));
    }

    private Optional<ModelVersion> find(String number) {
        try {
            return Optional.of(registry.version(model, number));
        } catch (ControlRoomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}

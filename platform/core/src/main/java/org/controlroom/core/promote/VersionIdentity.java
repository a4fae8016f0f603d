package org.controlroom.core.promote;

import java.util.Map;
import org.controlroom.core.model.DeployedVersion;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.port.ModelRegistry;

/**
 * What a version is, in whatever registry. Its number says nothing, because another registry has another version of the same
 * number; an address says nothing, because a registry may move, and another come to its place. What was trained here is known
 * by the checksum of its files; what others registered by a tag that it gets when it first serves. Both go with the version
 * when it is copied to another registry.
 */
final class VersionIdentity {

    /** Tag of a version without {@link ActivateModel#MANIFEST_TAG}: its run, and when it was first registered. */
    static final String TAG = "artifact.identity";

    private VersionIdentity() {}

    static String of(ModelVersion version) {
        String manifest = version.tags().get(ActivateModel.MANIFEST_TAG);
        String given = manifest == null ? version.tags().get(TAG) : manifest;
        return given == null ? version.runId() + ' ' + version.createdAt() : given;
    }

    /** What must be written to the version so that its identity goes with it. */
    static Map<String, String> missingTags(ModelVersion version) {
        boolean has = version.tags().containsKey(ActivateModel.MANIFEST_TAG)
                || version.tags().containsKey(TAG);
        return has ? Map.of() : Map.of(TAG, of(version));
    }

    static boolean same(ModelVersion one, ModelVersion other) {
        return one.version().equals(other.version()) && of(one).equals(of(other));
    }

    /** The version for the history. */
    static DeployedVersion deployed(ModelVersion version, ModelRegistry registry) {
        return deployed(version, registry.address());
    }

    static DeployedVersion deployed(ModelVersion version, String registry) {
        return new DeployedVersion(version.name(), version.version(), of(version), registry);
    }
}

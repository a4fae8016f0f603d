package org.controlroom.core.promote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.controlroom.core.fake.FakeRegistry;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.ModelVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisteredVersionsTest {

    @TempDir
    Path folder;

    private FakeRegistry registry;

    @BeforeEach
    void register() {
        registry = new FakeRegistry(folder);
        registry.registerVersion(ModelVersion.CLASSIFIER, "run1", Map.of(ActivateModel.MANIFEST_TAG, "ours"));
    }

    @Test
    void onlyTheVeryVersionIsRegistered() {
        RegisteredVersions versions = new RegisteredVersions(registry, ModelVersion.CLASSIFIER);

        assertThat(versions.mark(entry("1", "ours")).registered()).isTrue();
        assertThat(versions.mark(entry("1", "theirs")).registered())
                .as("another of the same number")
                .isFalse();
        assertThat(versions.mark(entry("2", "ours")).registered())
                .as("none of this number")
                .isFalse();
        assertThat(versions.mark(entry("1", null)).registered())
                .as("an earlier release wrote it")
                .isNull();
    }

    @Test
    void nobodyKnowsWhileTheRegistryDoesNotAnswer() {
        registry.reachable(false);
        RegisteredVersions versions = new RegisteredVersions(registry, ModelVersion.CLASSIFIER);

        assertThat(versions.mark(entry("1", "ours")).registered()).isNull();
    }

    private static Deployment entry(String version, String identity) {
        return new Deployment(
                1,
                ModelVersion.CLASSIFIER,
                version,
                Instant.EPOCH,
                null,
                Deployment.PROMOTED,
                "ada",
                "better",
                null,
                identity,
                "http://one",
                null);
    }
}

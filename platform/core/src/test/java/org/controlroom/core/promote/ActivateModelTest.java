package org.controlroom.core.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.fake.FakePlugins;
import org.controlroom.core.fake.FakeRegistry;
import org.controlroom.core.fake.Room;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Stage;
import org.controlroom.core.predict.LiveModels.ActivationFailure;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.testkit.FakeExtractorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivateModelTest {

    @TempDir
    Path folder;

    private FakeRegistry registry;

    @BeforeEach
    void trainOneModel() {
        registry = new FakeRegistry(folder.resolve("registry"));
        try (Room room = room(Room.plugins())) {
            room.train("1");
        }
    }

    private Room room(FakePlugins plugins) {
        return new Room(folder, Room.productsOf(3, 60), registry, plugins, 1);
    }

    private Path cached(String file) {
        return folder.resolve("models/rakuten_classifier/1/model").resolve(file);
    }

    private Path stored(String file) {
        return registry.artifactFolder("run1").resolve("model").resolve(file);
    }

    private static void flipOneBit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
    }

    @Test
    void aRestartBringsTheProductionVersionBack() {
        try (Room room = room(Room.plugins())) {
            assertThat(room.activation.restore()).isTrue();
            assertThat(room.live.live().orElseThrow().version().version()).isEqualTo("1");
            assertThat(room.live.live().orElseThrow().activatedAt()).isEqualTo(Room.NOW);
            assertThat(room.live.live().orElseThrow().model().manifest().figures())
                    .containsKey("f1_weighted");
            assertThat(room.activation.restore()).isTrue();
            assertThat(room.plugins.openLeases()).isEqualTo(2);
        }
    }

    @Test
    void aRestartWithoutTheRegistryServesTheLocalCopy() {
        registry.reachable(false);
        try (Room room = room(Room.plugins())) {
            assertThat(room.activation.restore()).isTrue();
            assertThat(room.live.live().orElseThrow().stage()).isEqualTo("Production");
        }
    }

    @Test
    void aRestartWithoutTheRegistryKnowsTheStageThatTheVersionHadLast() {
        try (Room room = room(Room.plugins())) {
            room.activation.restore();
            registry.registerVersion(
                    ModelVersion.CLASSIFIER,
                    "run1",
                    registry.version(ModelVersion.CLASSIFIER, "1").tags());
            for (String moved : List.of("2", "1")) {
                room.now = room.now.plusSeconds(100);
                registry.setAlias(ModelVersion.CLASSIFIER, ModelVersion.PRODUCTION_ALIAS, moved);
                room.follow.look(false);
            }
            registry.setVersionTags(ModelVersion.CLASSIFIER, "1", Map.of("note", "by hand"));
            room.follow.look(false);
        }
        registry.reachable(false);
        try (Room room = room(Room.plugins())) {
            assertThat(room.activation.restore()).isTrue();
            ModelVersion live = room.live.live().orElseThrow().version();
            assertThat(live.version()).isEqualTo("1");
            assertThat(live.stage()).isEqualTo(Stage.PRODUCTION);
            assertThat(live.aliases()).containsExactly("production");
            assertThat(live.tags()).containsEntry("note", "by hand");

            registry.reachable(true);
            registry.setStage(ModelVersion.CLASSIFIER, "1", Stage.STAGING, false);
            room.follow.look(false);
            assertThat(room.live.live().orElseThrow().stage()).isEqualTo("Staging");
        }
    }

    @Test
    void aRestartWithoutRegistryAndCopySaysWhyThereIsNoModel() throws IOException {
        registry.reachable(false);
        flipOneBit(cached(ModelFolder.CLASSIFIER));
        try (Room room = room(Room.plugins())) {
            assertThat(room.activation.restore()).isFalse();
            assertThat(room.live.failure().map(ActivationFailure::code)).contains(ErrorCode.REGISTRY_UNAVAILABLE);
            assertThatThrownBy(room.live::acquire)
                    .hasMessageContaining("the registry is switched off")
                    .hasMessageContaining("local copy is refused")
                    .hasMessageContaining(ModelFolder.CLASSIFIER);
            assertThat(room.activation.restore())
                    .as("not forgotten at the second look")
                    .isFalse();
            assertThatThrownBy(room.live::acquire).hasMessageContaining("local copy is refused");

            registry.reachable(true);
            assertThat(room.activation.restore()).isTrue();
            assertThat(room.live.failure()).isEmpty();
        }
    }

    @Test
    void aRestartServesTheVersionThatWasLiveLastWhileTheOneInProductionCannotBeLoaded() throws IOException {
        ModelVersion second = registry.registerVersion(ModelVersion.CLASSIFIER, "run1", Map.of());
        registry.setAlias(ModelVersion.CLASSIFIER, ModelVersion.PRODUCTION_ALIAS, second.version());
        byte[] good = Files.readAllBytes(stored(ModelFolder.CLASSIFIER));
        flipOneBit(stored(ModelFolder.CLASSIFIER));
        try (Room room = room(Room.plugins())) {
            assertThat(room.activation.restore()).isTrue();
            assertThat(room.live.live().orElseThrow().version().version()).isEqualTo("1");
            assertThat(room.live.failure().orElseThrow().version()).isEqualTo("2");
            assertThat(room.live.failure().orElseThrow().reason()).contains(ModelFolder.CLASSIFIER);
            room.follow.look(false);
            assertThat(room.follow.follows()).contains(false);

            Files.write(stored(ModelFolder.CLASSIFIER), good);
            room.follow.look(true);
            assertThat(room.live.live().orElseThrow().version().version()).isEqualTo("2");
            assertThat(room.live.failure()).isEmpty();
        }
    }

    @Test
    void aDamagedLocalCopyIsFetchedAgain() throws IOException {
        for (String file : new String[] {ModelFolder.MANIFEST, ModelFolder.CLASSIFIER, ModelFolder.SMOKE}) {
            flipOneBit(cached(file));
            try (Room room = room(Room.plugins())) {
                assertThat(room.activation.restore()).as(file).isTrue();
            }
        }
    }

    @Test
    void anyFlippedBitInTheRegistryKeepsTheModelOut() throws IOException {
        for (String file : new String[] {
            ModelFolder.MANIFEST,
            ModelFolder.MLMODEL,
            ModelFolder.EXTRACTOR,
            ModelFolder.CLASSIFIER,
            ModelFolder.CALIBRATION,
            ModelFolder.REFERENCE,
            ModelFolder.SMOKE
        }) {
            byte[] good = Files.readAllBytes(stored(file));
            flipOneBit(stored(file));
            org.controlroom.core.artifact.SafeFiles.delete(folder.resolve("models"));
            try (Room room = room(Room.plugins())) {
                assertThat(room.activation.restore()).as(file).isFalse();
                ActivationFailure failure = room.live.failure().orElseThrow();
                assertThat(failure.code()).isEqualTo(ErrorCode.ARTIFACT_INVALID);
                assertThat(failure.reason()).contains(file);
                assertThat(room.plugins.openLeases()).isZero();
            }
            Files.write(stored(file), good);
        }
    }

    @Test
    void aMissingPluginIsNamedWithItsRange() {
        FakePlugins plugins = new FakePlugins()
                .with("fake-extractor", "2.0.0", new FakeExtractorFactory())
                .with("fake-classifier", "1.0.0", new Object());
        try (Room room = room(plugins)) {
            assertThat(room.activation.restore()).isFalse();
            ActivationFailure failure = room.live.failure().orElseThrow();
            assertThat(failure.code()).isEqualTo(ErrorCode.PLUGIN_MISSING);
            assertThat(failure.reason())
                    .contains("fake-extractor [1.0.0,2.0.0)")
                    .contains("[2.0.0]");
        }
    }

    @Test
    void aPluginThatAnswersOtherwiseFailsAtTheSmokeInputs() {
        FakePlugins plugins = Room.plugins().with("fake-extractor", "1.1.0", new HalvingExtractorFactory());
        try (Room room = room(plugins)) {
            assertThat(room.activation.restore()).isFalse();
            assertThat(room.live.failure().orElseThrow().reason())
                    .contains("smoke input 0")
                    .contains("fake-extractor 1.1.0");
            assertThat(plugins.openLeases()).isZero();
        }
    }

    @Test
    void aFailedActivationKeepsTheOldModelLive() throws IOException {
        try (Room room = room(Room.plugins())) {
            room.activation.restore();
            ModelVersion second = registry.registerVersion(ModelVersion.CLASSIFIER, "run1", Map.of());
            flipOneBit(stored(ModelFolder.EXTRACTOR));

            assertThatThrownBy(() -> room.promotion.promote(second.version(), "trying", "tester"))
                    .isInstanceOf(ControlRoomException.class)
                    .hasMessageContaining("extractor.bin is damaged");

            assertThat(room.live.live().orElseThrow().version().version()).isEqualTo("1");
            assertThat(room.live.failure().orElseThrow().version()).isEqualTo("2");
            assertThat(registry.version(ModelVersion.CLASSIFIER, "1").aliases()).contains("production");
            flipOneBit(stored(ModelFolder.EXTRACTOR));
            room.promotion.promote("1", "again", "tester");
            assertThat(room.live.failure()).isEmpty();
        }
    }

    @Test
    void aFlippedBitInTheRegistryIsFoundWhileAGoodCopyServes() throws IOException {
        try (Room room = room(Room.plugins())) {
            room.activation.restore();
            room.activation.checkRegistry();
            assertThat(room.activation.registryDamage()).isEmpty();
            byte[] good = Files.readAllBytes(stored(ModelFolder.CLASSIFIER));

            flipOneBit(stored(ModelFolder.CLASSIFIER));
            room.activation.checkRegistry();
            assertThat(room.activation.registryDamage().orElseThrow()).contains("version 1", ModelFolder.CLASSIFIER);
            assertThat(room.live.live()).isPresent();

            registry.reachable(false);
            room.activation.checkRegistry();
            assertThat(room.activation.registryDamage()).isPresent();

            registry.reachable(true);
            Files.write(stored(ModelFolder.CLASSIFIER), good);
            room.activation.checkRegistry();
            assertThat(room.activation.registryDamage()).isEmpty();
        }
    }

    @Test
    void aCopyOfAnotherRegistrysVersionWithTheSameNumberIsNotTaken() {
        try (Room room = room(Room.plugins())) {
            ModelVersion bare = registry.registerVersion(ModelVersion.CLASSIFIER, "run1", Map.of());
            room.activation.open(bare).close();
            registry.reachable(false);
            room.activation.open(bare).close();

            ModelVersion other = new ModelVersion(
                    bare.name(), bare.version(), "run9", bare.stage(), bare.aliases(), bare.tags(), bare.createdAt());
            assertThatThrownBy(() -> room.activation.open(other))
                    .extracting("code")
                    .isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
        }
    }

    @Test
    void aVersionThatIsDamagedInTheRegistryIsNotPromotedFromALocalCopy() throws IOException {
        try (Room room = room(Room.plugins())) {
            room.activation.restore();
            flipOneBit(stored(ModelFolder.CLASSIFIER));

            assertThatThrownBy(() -> room.promotion.promote("1", "again", "tester"))
                    .isInstanceOf(ControlRoomException.class)
                    .hasMessageContaining("classifier.bin is damaged");

            assertThat(room.live.live().orElseThrow().version().version()).isEqualTo("1");
            assertThat(room.live.failure().map(ActivationFailure::code)).contains(ErrorCode.ARTIFACT_INVALID);
        }
    }

    @Test
    void aRegistryThatFailsDuringThePromotionKeepsTheOldModelLive() {
        try (Room room = room(Room.plugins())) {
            room.activation.restore();
            registry.registerVersion(ModelVersion.CLASSIFIER, "run1", Map.of());
            registry.failOnceAfter("setStage");

            assertThatThrownBy(() -> room.promotion.promote("2", "trying", "tester"))
                    .hasMessageContaining("setStage");

            assertThat(room.live.live().orElseThrow().version().version()).isEqualTo("1");
            assertThat(room.plugins.openLeases()).isEqualTo(2);
        }
    }

    @Test
    void anEmptyRegistryIsNoFailure() {
        registry = new FakeRegistry(folder.resolve("other"));
        try (Room room = new Room(folder.resolve("new"), Room.productsOf(3, 9), registry, Room.plugins(), 1)) {
            assertThat(room.activation.restore()).isFalse();
            assertThat(room.live.failure()).isEmpty();
            assertThatThrownBy(room.live::acquire).hasMessageContaining("no model is live yet");
        }
    }
}

package org.controlroom.core.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.fake.Room;
import org.controlroom.core.model.DeployedVersion;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowRegistryTest {

    @TempDir
    Path folder;

    private Room room;

    @BeforeEach
    void trainTwo() {
        room = new Room(folder);
        room.train("1");
        room.train("2");
        room.now = Room.NOW.plusSeconds(100);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private String live() {
        return room.live.live().orElseThrow().version().version();
    }

    private void move(String version) {
        room.registry.setAlias(ModelVersion.CLASSIFIER, "production", version);
    }

    @Test
    void anAliasThatWasMovedInTheRegistryGoesLiveHereAndTheHistorySaysSo() {
        move("2");
        room.follow.look(false);

        assertThat(live()).isEqualTo("2");
        assertThat(room.live.live().orElseThrow().stage()).isEqualTo("Production");
        assertThat(room.deployments.entries().get(1))
                .startsWith("2 promoted by registry: alias 'production' was moved in the registry at ");
        assertThat(room.deployments.onNodes()).containsExactly("node-1 1 promoted", "node-1 2 followed");
        ModelVersion version = room.registry.version(ModelVersion.CLASSIFIER, "2");
        assertThat(version.stage()).isEqualTo(Stage.PRODUCTION);
        assertThat(version.aliases()).containsExactly("production");
        assertThat(version.tags())
                .containsEntry("promotion.actor", "registry")
                .containsEntry("promotion.replaced", "1");
        assertThat(room.registry.version(ModelVersion.CLASSIFIER, "1").stage()).isEqualTo(Stage.ARCHIVED);
        assertThat(room.follow.follows()).contains(true);
        assertThat(room.follow.last().orElseThrow().production()).isEqualTo("2");
    }

    @Test
    void aVersionThatWasArchivedBeforeAnswersAsProductionBeforeTheRegistrySaysSo() {
        room.promotion.promote("2", "new", "ada");
        assertThat(room.registry.version(ModelVersion.CLASSIFIER, "1").stage()).isEqualTo(Stage.ARCHIVED);
        room.now = room.now.plusSeconds(100);
        move("1");
        room.registry.failOnceAfter("setStage");
        room.follow.look(false);

        assertThat(live()).isEqualTo("1");
        assertThat(room.live.live().orElseThrow().stage()).isEqualTo("Production");
    }

    @Test
    void whatTheRegistryPutIntoProductionCanBeRolledBack() {
        move("2");
        room.follow.look(false);
        assertThat(room.promotion.rollBack("worse", "ada").version()).isEqualTo("1");
        room.follow.look(false);
        assertThat(live()).isEqualTo("1");
        assertThat(room.deployments.entries()).hasSize(3);
    }

    @Test
    void aPromotionOfOursIsNotTakenForOneOfTheRegistry() {
        room.promotion.promote("2", "new", "ada");
        room.follow.look(false);
        assertThat(room.deployments.entries()).hasSize(2);
        assertThat(room.deployments.entries().get(1)).isEqualTo("2 promoted by ada: new");
    }

    @Test
    void aPromotionHereIsKnownBeforeTheNextLook() {
        room.follow.look(false);
        room.now = room.now.plusSeconds(1);
        room.promotion.promote("2", "new", "ada");

        assertThat(room.follow.follows()).contains(true);
        assertThat(room.follow.last().orElseThrow().production()).isEqualTo("2");
        room.now = room.now.plusSeconds(1);
        room.promotion.rollBack("worse", "ada");
        assertThat(room.follow.follows()).contains(true);
        assertThat(room.follow.last().orElseThrow().production()).isEqualTo("1");
    }

    @Test
    void aLookFromBeforeAnotherVersionWentLiveHereSaysNothingAboutIt() {
        room.follow.look(false);
        room.now = room.now.plusSeconds(1);
        room.activation.activate(room.registry.version(ModelVersion.CLASSIFIER, "2"));
        assertThat(room.follow.follows()).isEmpty();
    }

    @Test
    void aPromotionThatAnotherNodeIsJustMakingIsFollowedAndLeftToItForAMinute() {
        room.registry.setVersionTags(
                ModelVersion.CLASSIFIER,
                "2",
                Map.of(
                        PromoteModel.DECISION_TAG, "promoted",
                        PromoteModel.REASON_TAG, "better",
                        PromoteModel.ACTOR_TAG, "grace",
                        PromoteModel.TIME_TAG, room.now.toString()));
        move("2");
        room.follow.look(false);
        assertThat(live()).isEqualTo("2");
        assertThat(room.deployments.entries()).hasSize(1);

        room.now = room.now.plusSeconds(61);
        room.follow.look(false);
        assertThat(room.deployments.entries().get(1)).isEqualTo("2 promoted by grace: better");
    }

    @Test
    void aVersionThatCannotBeLoadedLeavesTheLiveOneAndIsTriedAgainLaterOrWhenAsked() throws IOException {
        Path classifier = room.registry
                .artifactFolder(room.registry.trainings().get(1).id())
                .resolve("model")
                .resolve(ModelFolder.CLASSIFIER);
        byte[] good = Files.readAllBytes(classifier);
        SafeFiles.write(classifier, "not a classifier");
        move("2");
        room.follow.look(false);

        assertThat(live()).isEqualTo("1");
        assertThat(room.follow.follows()).contains(false);
        assertThat(room.follow.last().orElseThrow().problem()).contains(ModelFolder.CLASSIFIER);
        assertThat(room.live.failure().orElseThrow().version()).isEqualTo("2");
        assertThat(room.deployments.entries()).hasSize(1);

        Files.write(classifier, good);
        room.follow.look(false);
        assertThat(live()).isEqualTo("1");
        room.follow.look(true);
        assertThat(live()).isEqualTo("2");

        room.promotion.rollBack("again", "ada");
        SafeFiles.delete(folder.resolve("models/rakuten_classifier/2"));
        SafeFiles.write(classifier, "not a classifier");
        move("2");
        room.follow.look(false);
        Files.write(classifier, good);
        room.now = room.now.plus(Duration.ofMinutes(5));
        room.follow.look(false);
        assertThat(live()).isEqualTo("2");
    }

    @Test
    void anUnreachableRegistryOrHistoryStopsNothing() {
        room.registry.reachable(false);
        room.follow.look(true);
        assertThat(live()).isEqualTo("1");
        assertThat(room.follow.last().orElseThrow().problem()).isNotNull();
        assertThat(room.follow.follows()).isEmpty();

        room.registry.reachable(true);
        room.deployments.reachable(false);
        move("2");
        room.follow.look(true);
        assertThat(live()).isEqualTo("2");
        room.deployments.reachable(true);
        room.follow.look(false);
        assertThat(room.deployments.entries().get(1)).startsWith("2 promoted by registry: ");
        assertThat(room.deployments.onNodes()).containsExactly("node-1 1 promoted", "node-1 2 followed");
    }

    @Test
    void anAliasThatIsGoneLeavesTheLiveVersion() {
        room.registry.deleteAlias(ModelVersion.CLASSIFIER, "production");
        room.follow.look(false);
        assertThat(live()).isEqualTo("1");
        assertThat(room.follow.last().orElseThrow().production()).isNull();
    }

    @Test
    void aRegistryThatCameIntoUseIsTakenUpAndTheVersionOfTheOtherIsNotWhatItsVersionReplaced() {
        liveFromAnotherRegistry("7");
        room.follow.look(false);
        room.follow.look(false);

        assertThat(room.deployments.entries()).hasSize(3);
        assertThat(room.deployments.entries().get(2))
                .startsWith("1 promoted by registry: the registry at ")
                .endsWith(" has come into use and has it in production");
        assertThat(room.registry.version(ModelVersion.CLASSIFIER, "1").tags())
                .doesNotContainKey("promotion.replaced")
                .containsEntry("promotion.actor", "train-model 1");
        assertThatThrownBy(() -> room.promotion.rollBack("worse", "ada")).hasMessageContaining("replaced no other");

        move("2");
        room.now = room.now.plusSeconds(1);
        room.follow.look(false);
        assertThat(room.registry.version(ModelVersion.CLASSIFIER, "2").tags()).containsEntry("promotion.replaced", "1");
    }

    @Test
    void aVersionThatNobodyPromotedHereIsAdoptedWithoutTheOneOfTheOtherRegistry() {
        liveFromAnotherRegistry("7");
        move("2");
        room.follow.look(false);

        assertThat(room.deployments.entries().get(2))
                .startsWith("2 promoted by registry: alias 'production' was moved");
        assertThat(room.registry.version(ModelVersion.CLASSIFIER, "2").tags()).doesNotContainKey("promotion.replaced");
    }

    @Test
    void theSameNumberOfAnotherRegistryIsAnotherVersion() {
        liveFromAnotherRegistry("1");
        room.follow.look(false);
        assertThat(room.deployments.entries()).hasSize(3);

        room.registry.setVersionTags(
                ModelVersion.CLASSIFIER, "1", Map.of(ActivateModel.MANIFEST_TAG, "of another registry"));
        room.follow.look(false);
        assertThat(room.follow.last().orElseThrow().problem())
                .as("what answers is not taken for it")
                .contains("of another registry");
    }

    private void liveFromAnotherRegistry(String version) {
        room.deployments.began(
                new DeployedVersion(ModelVersion.CLASSIFIER, version, "other files", "http://other"),
                room.now,
                Deployment.PROMOTED,
                "ada",
                "theirs");
        room.now = room.now.plusSeconds(100);
    }
}

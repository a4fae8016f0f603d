package org.controlroom.core.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.controlroom.core.fake.Room;
import org.controlroom.core.model.DeployedVersion;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Stage;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromoteModelTest {

    @TempDir
    Path folder;

    private Room room;

    @BeforeEach
    void trainTwo() {
        room = new Room(folder);
        room.train("1");
        room.train("2");
    }

    @AfterEach
    void close() {
        room.close();
    }

    private ModelVersion version(String number) {
        return room.registry.version(ModelVersion.CLASSIFIER, number);
    }

    private String live() {
        return room.live.live().orElseThrow().version().version();
    }

    @Test
    void promotingMovesAliasStageAndServiceAndKeepsTheReason() {
        ModelVersion promoted = room.promotion.promote("2", "better on new products", "tester");

        assertThat(promoted.stage()).isEqualTo(Stage.PRODUCTION);
        assertThat(promoted.tags())
                .containsEntry("promotion.reason", "better on new products")
                .containsEntry("promotion.replaced", "1")
                .containsEntry("promotion.time", Room.NOW.toString());
        assertThat(version("1").stage()).isEqualTo(Stage.ARCHIVED);
        assertThat(version("1").aliases()).isEmpty();
        assertThat(live()).isEqualTo("2");
        assertThat(room.live.live().orElseThrow().stage()).isEqualTo("Production");
    }

    @Test
    void rollingBackBringsTheVersionBeforeBack() {
        room.promotion.promote("2", "new", "tester");
        ModelVersion back = room.promotion.rollBack("complaints", "tester");

        assertThat(back.version()).isEqualTo("1");
        assertThat(back.aliases()).containsExactly("production");
        assertThat(back.tags().get("promotion.reason")).isEqualTo("rolled back from version 2: complaints");
        assertThat(version("2").tags()).containsEntry("promotion.decision", "rolled_back");
        assertThat(version("2").stage()).isEqualTo(Stage.ARCHIVED);
        assertThat(live()).isEqualTo("1");
        assertThatThrownBy(() -> room.promotion.rollBack("again", "tester"))
                .hasMessageContaining("nothing to roll back to");
    }

    @Test
    void rollingBackOnceMoreGoesToWhatWasLiveBeforeTheVersionThatIsBack() {
        room.train("3");
        room.promotion.promote("2", "new", "tester");
        room.promotion.promote("3", "newer", "tester");

        assertThat(room.promotion.rollBack("complaints", "tester").version()).isEqualTo("2");
        assertThat(room.promotion.previous(room.registry).version()).isEqualTo("1");
        assertThat(room.promotion.rollBack("still", "tester").version()).isEqualTo("1");
        assertThat(room.deployments.entries())
                .endsWith("2 rolled_back by tester: complaints", "1 rolled_back by tester: still");
    }

    @Test
    void whatIsNotInTheRegistryInUseIsNeitherOfferedNorRolledBackTo() {
        room.registry.setVersionTags(ModelVersion.CLASSIFIER, "1", Map.of("promotion.replaced", "9"));
        assertNoWayBack("replaced-gone", "version 9, which version 1 replaced, is not in the registry at ");

        DeployedVersion theirs = new DeployedVersion(ModelVersion.CLASSIFIER, "2", "other files", "http://other");
        room.deployments.began(theirs, Room.NOW, Deployment.PROMOTED, "ada", "theirs");
        room.registry.setVersionTags(ModelVersion.CLASSIFIER, "1", Map.of("promotion.replaced", "2"));
        assertNoWayBack(
                "replaced-elsewhere", "version 2, which version 1 replaced, was one of the registry at http://other;");
        assertThat(live()).isEqualTo("1");

        room.deployments.reachable(false);
        assertThat(room.promotion.previous(room.registry).version())
                .as("without a history the tag counts")
                .isEqualTo("2");
    }

    private void assertNoWayBack(String key, String why) {
        for (ThrowingCallable asked : List.<ThrowingCallable>of(
                () -> room.promotion.previous(room.registry), () -> room.promotion.rollBack("worse", "ada"))) {
            assertThatThrownBy(asked)
                    .isInstanceOfSatisfying(ControlRoomException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
                        assertThat(e.reason()).isNotNull();
                        assertThat(e.reason().key()).isEqualTo(key);
                    })
                    .hasMessageContaining(why);
        }
    }

    @Test
    void aVersionThatOthersRegisteredGetsAnIdentityThatGoesWithIt() {
        ModelVersion ours = version("2");
        assertThat(VersionIdentity.of(ours)).isEqualTo(ours.tags().get(ActivateModel.MANIFEST_TAG));
        assertThat(VersionIdentity.missingTags(ours)).isEmpty();

        room.registry.deleteVersionTag(ModelVersion.CLASSIFIER, "2", ActivateModel.MANIFEST_TAG);
        ModelVersion foreign = version("2");
        ModelVersion promoted = room.promotion.promote("2", "from Python", "ada");
        assertThat(promoted.tags()).containsEntry("artifact.identity", VersionIdentity.of(foreign));
        assertThat(VersionIdentity.of(promoted)).isEqualTo(VersionIdentity.of(foreign));
    }

    @Test
    void theHistoryKeepsWhoPutWhatIntoProductionAndWhy() {
        room.promotion.promote("2", "new", "ada");
        room.promotion.rollBack("complaints", "ada");

        assertThat(room.deployments.entries()).hasSize(3);
        assertThat(room.deployments.entries().get(0))
                .startsWith("1 promoted by train-model 1: no model is live")
                .contains("majority");
        assertThat(room.deployments.entries().subList(1, 3))
                .containsExactly("2 promoted by ada: new", "1 rolled_back by ada: complaints");
    }

    @Test
    void aHistoryThatCannotBeWrittenStopsNoPromotion() {
        room.deployments.reachable(false);
        room.promotion.promote("2", "new", "ada");
        assertThat(live()).isEqualTo("2");
    }

    @Test
    void theVersionInProductionCannotBeArchived() {
        assertThatThrownBy(() -> room.promotion.archive("production", "tidy up", "ada"))
                .hasMessageContaining("version 1 is in production");
        assertThat(room.promotion.archive("2", "tidy up", "ada").stage()).isEqualTo(Stage.ARCHIVED);
        assertThat(room.promotion.stage("2", "look again").stage()).isEqualTo(Stage.STAGING);
    }

    @Test
    void theVersionInProductionIsNotPromotedAgainForAnotherReason() {
        ModelVersion before = version("2");
        room.promotion.promote(before, "better", "ada");
        for (ModelVersion asked : List.of(before, version("2"))) {
            assertThatThrownBy(() -> room.promotion.promote(asked, "even better", "grace"))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                    .hasMessageContaining("version 2 is in production already");
        }
        assertThat(version("2").tags())
                .containsEntry("promotion.reason", "better")
                .containsEntry("promotion.actor", "ada");
        assertThat(room.live.failure()).isEmpty();

        assertThat(room.promotion.promote(version("2"), "better", "ada").version())
                .as("the same once more")
                .isEqualTo("2");
        assertThat(room.deployments.entries()).hasSize(2);
    }

    @Test
    void whyAVersionWasArchivedIsKeptWhenItIsPromotedLater() {
        room.promotion.archive("2", "wrong on toys", "ada");
        assertThatThrownBy(() -> room.promotion.archive("2", "again", "grace"))
                .isInstanceOfSatisfying(
                        ControlRoomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessage("version 2 is archived already");
        room.promotion.promote("2", "toys are right now", "grace");

        assertThat(version("2").tags())
                .containsEntry("promotion.reason", "toys are right now")
                .containsEntry("archive.reason", "wrong on toys")
                .containsEntry("archive.by", "ada")
                .containsEntry("archive.time", Room.NOW.toString());
    }

    @Test
    void anUnknownVersionOrAliasIsNotFound() {
        assertThatThrownBy(() -> room.promotion.promote("9", "why", "tester")).hasMessageContaining("version 9");
        assertThatThrownBy(() -> room.promotion.promote("champion", "why", "tester"))
                .hasMessageContaining("'champion'");
    }

    @Test
    void theAliasesOfVersionsThatWaitAreDroppedWhenOneServesOrIsPutAside() {
        room.registry.setAlias(ModelVersion.CLASSIFIER, "challenger", "2");
        assertThat(room.promotion.stage("2", "look").aliases()).containsExactly("challenger", "staging");
        assertThat(room.promotion.promote("2", "good", "ada").aliases()).containsExactly("production");
        assertThat(room.promotion.stage("1", "look").aliases()).containsExactly("staging");
        assertThat(room.promotion.archive("1", "bad", "ada").aliases()).isEmpty();
    }

    @Test
    void theHistoryOfTheNodeSaysWhatItAnsweredWith() {
        room.promotion.promote("2", "new", "ada");
        room.promotion.rollBack("complaints", "ada");
        assertThat(room.deployments.onNodes())
                .containsExactly("node-1 1 promoted", "node-1 2 promoted", "node-1 1 rolled_back");
    }
}

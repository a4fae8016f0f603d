package org.controlroom.core.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import org.controlroom.core.fake.FakeRun;
import org.controlroom.core.fake.Room;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareVersionsTest {

    @TempDir
    Path folder;

    private Room room;

    @BeforeEach
    void trainThree() {
        room = new Room(folder);
        room.train("1");
        room.train("2");
        new FakeRun("3", room.parameters(Map.of("seed", "7"))).from("snapshot-dataset", room.training);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private ModelVersion version(String number) {
        return room.registry.version(ModelVersion.CLASSIFIER, number);
    }

    @Test
    void equalModelsAgreeOnEveryRow() {
        CompareVersions.Result result = room.compare.compare(version("2"), version("1"));
        Comparison comparison = result.comparison();
        assertThat(comparison.rows().rows()).isEqualTo(36);
        assertThat(comparison.rows().sameDataset()).isTrue();
        assertThat(comparison.rows().seenByOther()).isZero();
        assertThat(comparison.agreement()).isEqualTo(1);
        assertThat(comparison.bothRight() + comparison.bothWrong()).isEqualTo(36);
        assertThat(comparison.mcNemar().pValue()).isEqualTo(1);
        assertThat(comparison.significant()).isFalse();
        assertThat(result.rows()).isEmpty();
        assertThat(comparison.classes()).extracting(Comparison.Label::label).containsExactly(10, 20, 30);
        assertThat(comparison.metrics())
                .allSatisfy(one -> assertThat(one.difference()).isZero());
    }

    @Test
    void whatIsCountedIsWhatTheRowsSay() {
        Comparison comparison = room.compare.compare(version("3"), version("1")).comparison();
        CompareVersions.Result result = room.compare.compare(version("3"), version("1"));
        assertThat(result.comparison()).isSameAs(comparison);
        assertThat(comparison.rows().version()).isEqualTo("3");
        assertThat(comparison.rows().seenByOther()).isPositive();
        long better = count(result, "better");
        long worse = count(result, "worse");
        assertThat(comparison.mcNemar().onlyFirst()).isEqualTo(better);
        assertThat(comparison.mcNemar().onlySecond()).isEqualTo(worse);
        assertThat(comparison.changed()).isEqualTo(result.rows().size());
        assertThat(comparison.changed()).isEqualTo(better + worse + count(result, "both_wrong"));
        assertThat(comparison.bothRight() + comparison.bothWrong() + better + worse)
                .isEqualTo(36);
        assertThat(comparison.agreement()).isCloseTo(1 - comparison.changed() / 36.0, within(1e-12));
        double accuracy = comparison.metrics().stream()
                .filter(one -> one.metric().equals("accuracy"))
                .findFirst()
                .orElseThrow()
                .value();
        assertThat(accuracy).isCloseTo((comparison.bothRight() + better) / 36.0, within(1e-12));
        assertThat(comparison.classes().stream()
                        .mapToLong(Comparison.Label::changed)
                        .sum())
                .isEqualTo(comparison.changed());
        assertThat(room.plugins.openLeases()).isEqualTo(2);
    }

    private static long count(CompareVersions.Result result, String change) {
        return result.rows().stream().filter(row -> row.change().equals(change)).count();
    }

    @Test
    void aCatalogueThatHasGrownIsSaidOnceTheKeptResultIsOld() {
        CompareVersions.Result before = room.compare.compare(version("2"), version("1"));
        room.catalogue.add(9_999, "abcd abcd", "", 10);
        assertThat(room.compare.compare(version("2"), version("1"))).isSameAs(before);
        room.now = room.now.plusSeconds(600);
        assertThat(room.compare
                        .compare(version("2"), version("1"))
                        .comparison()
                        .rows()
                        .sameDataset())
                .isFalse();
    }

    @Test
    void aDryRunSaysWhatTheTrainingDecidedAndChangesNothing() {
        PromotionDecision kept = room.decisions.all().get(1);
        PromotionDecision dry = room.judge.dryRun(version("2"), "ada");
        assertThat(dry.id()).isNull();
        assertThat(dry.outcome()).isEqualTo(kept.outcome());
        assertThat(dry.metrics()).isEqualTo(kept.metrics());
        assertThat(dry.classes()).isEqualTo(kept.classes());
        assertThat(dry.checks()).isEqualTo(kept.checks());
        assertThat(dry.rows()).isEqualTo(kept.rows());
        assertThat(room.decisions.all()).hasSize(3);
        assertThat(version("2").tags()).containsEntry("promotion.reason", kept.reason());
    }

    @Test
    void theVersionInProductionIsNotJudged() {
        assertThatThrownBy(() -> room.judge.dryRun(version("1"), "ada"))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("version 1 is in production already");
    }

    @Test
    void aVersionThatOthersRegisteredGetsItsFiguresWhenAsked() {
        String run = version("2").runId();
        ModelVersion bare = room.registry.registerVersion(ModelVersion.CLASSIFIER, run, Map.of());

        ModelVersion measured = room.judge.measure(bare);

        assertThat(measured.tags().get("f1_weighted"))
                .as("the same model on the same rows")
                .isEqualTo(version("2").tags().get("f1_weighted"))
                .isNotNull();
        assertThat(measured.tags().get("evaluation")).contains("accuracy ", "macro F1 ", "hold-out rows");
        assertThat(measured.tags().get("evaluation.reason"))
                .isEqualTo("{\"key\": \"evaluation-measured\",\"values\": [\"1.0000\", \"1.0000\", \"36\"]}");
        assertThatThrownBy(() -> room.judge.measure(measured))
                .hasMessageContaining("only a version without is measured")
                .extracting("code")
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void aDecisionThatIsAskedForIsCarriedOut() {
        room.registry.deleteAlias(ModelVersion.CLASSIFIER, "production");
        PromotionDecision decided = room.judge.decide(version("2"), "ada", "the other one is gone");
        assertThat(decided.outcome()).isEqualTo(PromotionDecision.Outcome.PROMOTED);
        assertThat(decided.reason()).contains("asked for by ada: the other one is gone");
        assertThat(room.live.live().orElseThrow().version().version()).isEqualTo("2");
        assertThat(room.decisions.all()).hasSize(4);
    }
}

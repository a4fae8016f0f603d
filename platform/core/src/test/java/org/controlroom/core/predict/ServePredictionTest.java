package org.controlroom.core.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.controlroom.core.fake.FakePredictionLog;
import org.controlroom.core.fake.Room;
import org.controlroom.core.model.ExplainedPrediction;
import org.controlroom.core.model.Explanation;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServePredictionTest {

    @TempDir
    Path folder;

    private final FakePredictionLog log = new FakePredictionLog();

    private ServePrediction serving(LiveModels live) {
        return new ServePrediction(live, log, Telemetry.NONE, InstantSource.fixed(Room.NOW), new Random(1));
    }

    @Test
    void withoutALiveModelThereIsNoAnswer() {
        assertThatThrownBy(() -> serving(new LiveModels()).predict(new Product("x", "")))
                .isInstanceOf(ControlRoomException.class)
                .extracting(e -> ((ControlRoomException) e).code())
                .isEqualTo(ErrorCode.NO_LIVE_MODEL);
        assertThat(log.logged).isEmpty();
    }

    @Test
    void anAnswerHasAllProbabilitiesTheModelAndATimeOrderedId() {
        try (Room room = new Room(folder)) {
            room.train("1");
            ServePrediction serving = serving(room.live);
            Prediction prediction = serving.predict(new Product("abcdabcd", ""));

            assertThat(prediction.label()).isEqualTo(10);
            assertThat(prediction.probabilities()).hasSize(3);
            float sum = 0;
            for (float probability : prediction.probabilities()) {
                sum += probability;
            }
            assertThat(sum).isCloseTo(1, within(1e-5f));
            assertThat(prediction.modelName()).isEqualTo("rakuten_classifier");
            assertThat(prediction.modelVersion()).isEqualTo("1");
            assertThat(prediction.modelStage()).isEqualTo("Production");
            assertThat(prediction.id()).matches("pred_[0-9a-v]{21}");
            assertThat(log.logged).containsExactly(prediction);

            Set<String> ids = new HashSet<>();
            String last = prediction.id();
            for (int i = 0; i < 10_000; i++) {
                String id = serving.score(new Product("b", "")).id();
                assertThat(id.compareTo(last)).isPositive();
                ids.add(id);
                last = id;
            }
            assertThat(ids).hasSize(10_000);
            assertThat(log.logged).hasSize(1);
        }
    }

    @Test
    void everyAnswerCountsAsACallOfBothPluginsAndTrialsDoNot() {
        try (Room room = new Room(folder)) {
            room.train("1");
            List<String> plugins = room.live.live().orElseThrow().model().plugins();
            List<Integer> before =
                    plugins.stream().map(plugin -> calls(room, plugin)).toList();
            ServePrediction serving = serving(room.live);
            for (int i = 0; i < 5; i++) {
                serving.predict(new Product("abcdabcd", ""));
            }

            assertThat(plugins.stream().map(plugin -> calls(room, plugin)).toList())
                    .isEqualTo(before.stream().map(count -> count + 5).toList());
            // a fit, and a training of the model and one of its calibration: no warm-up, no smoke inputs
            assertThat(before).allMatch(count -> count <= 2);
        }
    }

    private static int calls(Room room, String plugin) {
        String[] part = plugin.split(" ");
        return room.plugins.calls(part[0], part[1]);
    }

    @Test
    void aPredictionAllocatesOnlyItsAnswer() {
        try (Room room = new Room(folder)) {
            room.train("1");
            var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            ServingModel model = room.live.live().orElseThrow().model();
            float[] out = new float[3];
            Product product = new Product("abcdefghij".repeat(50), "klmnop".repeat(500));
            for (int i = 0; i < 2_000; i++) {
                model.probabilities(product, out);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                model.probabilities(product, out);
            }
            // The counter itself may cost a little; one vector a call would be two megabytes.
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        }
    }

    @Test
    void allProblemsOfAProductAreNamedAtOnce() {
        assertThatThrownBy(() -> ProductLimits.product(" ".repeat(1001), "x".repeat(10_001)))
                .hasMessageContaining("designation: is blank")
                .hasMessageContaining("designation: has 1001 characters; must be 1..1000")
                .hasMessageContaining("description: has 10001 characters; must be 0..10000");
        assertThat(ProductLimits.problems(null, "a\u0000")).hasSize(2);
        assertThat(ProductLimits.problems("\ud800x", null))
                .singleElement()
                .asString()
                .contains("U+D800");
        assertThat(ProductLimits.problems("x\udc00", null)).hasSize(1);
    }

    @Test
    void lengthsCountCharactersAsPeopleDo() {
        assertThat(ProductLimits.problems("\ud83d\ude00".repeat(1000), "")).isEmpty();
        assertThat(ProductLimits.problems("\ud83d\ude00".repeat(1001), "")).hasSize(1);
        assertThat(ProductLimits.product("x", null)).isEqualTo(new Product("x", ""));
    }

    @Test
    void anExplanationNamesTheTermsAndAddsUpExactly() {
        try (Room room = new Room(folder)) {
            room.train("1");
            Product product = new Product("abcdABcd", "zebra");
            ExplainedPrediction explained = serving(room.live).predictAndExplain(product, 3, System.nanoTime());

            assertThat(log.logged).containsExactly(explained.prediction());
            assertThat(explained.prediction().probabilities())
                    .isEqualTo(serving(room.live).score(product).probabilities());
            Explanation.Label answer = explained.explanation().answer();
            assertThat(answer.code()).isEqualTo(explained.prediction().label());
            Explanation.Label runnerUp = explained.explanation().runnerUp().orElseThrow();
            assertThat(runnerUp.code()).isNotEqualTo(answer.code());
            for (Explanation.Label label : List.of(answer, runnerUp)) {
                double sum = label.rest() + label.bias();
                for (Explanation.Term term : label.terms()) {
                    sum += term.contribution();
                    assertThat(term.contribution()).isNotZero();
                }
                assertThat(sum).isEqualTo(label.score());
                assertThat(label.terms().size() + label.otherTerms()).isEqualTo(7);
            }
            assertThat(answer.terms())
                    .hasSize(3)
                    .allSatisfy(term -> assertThat(term.places())
                            .singleElement()
                            .satisfies(place -> assertThat(place.source()).isEqualTo("letters")));
            assertThat(answer.terms().get(0).contribution())
                    .isGreaterThanOrEqualTo(answer.terms().get(2).contribution());
        }
    }
}

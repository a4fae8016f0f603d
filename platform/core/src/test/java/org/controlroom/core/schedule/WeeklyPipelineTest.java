package org.controlroom.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.fake.FakeRun;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.junit.jupiter.api.Test;

class WeeklyPipelineTest {

    private final List<String> ran = new ArrayList<>();

    private final class Part implements PipelineDefinition {
        private final String name;

        Part(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<String> steps() {
            return List.of(name + "-1", name + "-2");
        }

        @Override
        public Map<String, String> complete(Map<String, String> parameters) {
            if (parameters.containsKey("wrong")) {
                throw new ControlRoomException(
                        ErrorCode.SETTINGS_INVALID, name, List.of(new Problem("wrong", "is wrong")));
            }
            Map<String, String> complete = new TreeMap<>(parameters);
            complete.putIfAbsent("seed", "42");
            return complete;
        }

        @Override
        public void run(String step, StepContext context) {
            ran.add(step + " " + context.parameters());
            if (step.equals("data-2")) {
                context.putOutcome(Map.of("made", "d1"));
            }
        }
    }

    private final WeeklyPipeline weekly = new WeeklyPipeline(List.of(
            new WeeklyPipeline.Part("load.", new Part("load"), "no folder"),
            new WeeklyPipeline.Part("train.", new Part("train"), null)));

    @Test
    void itsStepsAreThoseOfItsParts() {
        assertThat(weekly.steps()).containsExactly("load-1", "load-2", "train-1", "train-2");
    }

    @Test
    void eachPartHasItsOwnParametersWithItsDefaults() {
        Map<String, String> complete = weekly.complete(Map.of("load.folder", "/data"));
        new FakeRun("r", complete).from("load-1", weekly);

        assertThat(complete).containsOnlyKeys("load.folder", "load.seed", "train.seed");
        assertThat(ran)
                .containsExactly(
                        "load-1 {folder=/data, seed=42}",
                        "load-2 {folder=/data, seed=42}",
                        "train-1 {seed=42}",
                        "train-2 {seed=42}");
    }

    @Test
    void aPartThatCannotRunUnaskedIsLeftOutWithItsReason() {
        FakeRun run = new FakeRun("r", weekly.complete(Map.of())).from("load-1", weekly);

        assertThat(ran).containsExactly("train-1 {seed=42}", "train-2 {seed=42}");
        assertThat(run.log).containsExactly("load-1 is left out: no folder", "load-2 is left out: no folder");
    }

    @Test
    void aPartTakesWhatAPartBeforeItMadeUnlessItIsToldOtherwise() {
        WeeklyPipeline handing = new WeeklyPipeline(List.of(
                new WeeklyPipeline.Part("data.", new Part("data"), null),
                new WeeklyPipeline.Part("train.", new Part("train"), null, Map.of("seed", "made"))));

        Map<String, String> open = handing.complete(Map.of());
        FakeRun run = new FakeRun("r", open).from("data-1", handing);
        new FakeRun("r", handing.complete(Map.of("train.seed", "7"))).from("train-1", handing);

        assertThat(open).containsOnlyKeys("data.seed");
        assertThat(ran)
                .containsExactly(
                        "data-1 {seed=42}",
                        "data-2 {seed=42}",
                        "train-1 {seed=d1}",
                        "train-2 {seed=d1}",
                        "train-1 {seed=7}",
                        "train-2 {seed=7}");
        ran.clear();
        run.from("train-2", handing);
        assertThat(ran).containsExactly("train-2 {seed=d1}");
    }

    @Test
    void theMistakesOfAllPartsAreNamedAtOnceWithTheirPrefix() {
        ControlRoomException refused = catchThrowableOfType(
                ControlRoomException.class,
                () -> weekly.complete(Map.of("load.wrong", "1", "train.wrong", "1", "other", "1")));

        assertThat(refused.problems()).extracting(Problem::field).containsExactly("other", "load.wrong", "train.wrong");
    }
}

package org.controlroom.ui.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptMemoryTest {

    private static final Duration NO_TIME = Duration.ofMillis(1);

    /** Questions that nobody has answered yet. */
    private final Deque<Runnable> open = new ArrayDeque<>();

    private final PromptMemory<String, String> memory = new PromptMemory<>(NO_TIME, open::add, 2);

    @Test
    void whoWaitsInVainAsksOnceAndTheNextFindsTheAnswer() {
        assertThat(memory.get("a", () -> "answer")).isEmpty();
        assertThat(memory.get("a", () -> "asked twice")).isEmpty();
        assertThat(open).hasSize(1);
        open.remove().run();
        assertThat(memory.get("a", () -> "asked again")).contains("answer");
        assertThat(open).isEmpty();
    }

    @Test
    void aProblemIsSaidAndTheNextAsksAgain() {
        memory.get("a", () -> {
            throw new ApiProblem(503, "Model registry unavailable", "no answer", List.of());
        });
        open.remove().run();
        assertThatThrownBy(() -> memory.get("a", () -> "not asked yet"))
                .isInstanceOf(ApiProblem.class)
                .hasMessage("no answer");
        assertThat(memory.get("a", () -> "answer")).isEmpty();
        open.remove().run();
        assertThat(memory.get("a", () -> "asked again")).contains("answer");
    }

    @Test
    void theOldestAnswerGivesWay() {
        for (String key : List.of("a", "b", "c")) {
            memory.get(key, () -> key);
        }
        open.forEach(Runnable::run);
        open.clear();
        assertThat(memory.get("b", () -> "again")).contains("b");
        assertThat(memory.get("a", () -> "again")).isEmpty();
        assertThat(open).hasSize(1);
    }
}

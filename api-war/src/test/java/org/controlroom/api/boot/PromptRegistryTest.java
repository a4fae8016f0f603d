package org.controlroom.api.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;

class PromptRegistryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<String> asked = new ArrayList<>();
    private Duration answersAfter = Duration.ZERO;
    private ErrorCode fails;
    private Optional<String> problem = Optional.empty();
    private long now;
    private final ModelRegistry registry = PromptRegistry.of(behind(), () -> problem, PATIENCE, () -> now);

    private ModelRegistry behind() {
        return (ModelRegistry) Proxy.newProxyInstance(
                ModelRegistry.class.getClassLoader(), new Class<?>[] {ModelRegistry.class}, (self, method, values) -> {
                    asked.add(method.getName());
                    now += answersAfter.toNanos();
                    if (fails != null) {
                        throw new ControlRoomException(fails, "failed after " + answersAfter);
                    }
                    return method.getName().equals("address") ? "http://mlflow:5000" : List.of();
                });
    }

    private void refused(String message) {
        assertThatThrownBy(registry::experiments)
                .hasMessage(message)
                .extracting(e -> ((ControlRoomException) e).code())
                .isEqualTo(ErrorCode.REGISTRY_UNAVAILABLE);
    }

    @Test
    void answersAndErrorsAreThoseOfTheRegistry() {
        assertThat(registry.experiments()).isEmpty();
        fails = ErrorCode.NOT_FOUND;
        answersAfter = PATIENCE;
        assertThatThrownBy(registry::experiments).hasMessageStartingWith("failed after");
        assertThatThrownBy(registry::experiments).hasMessageStartingWith("failed after");
        assertThat(asked).hasSize(3);
    }

    @Test
    void aRegistryThatIsKnownNotToAnswerIsNotAsked() {
        problem = Optional.of("MLflow did not answer");
        refused("MLflow did not answer");
        assertThat(registry.address()).isEqualTo("http://mlflow:5000");
        assertThat(asked).containsExactly("address");
        problem = Optional.empty();
        assertThat(registry.experiments()).isEmpty();
    }

    @Test
    void afterAQuestionThatWaitedInVainNoOtherWaitsForAMoment() {
        fails = ErrorCode.REGISTRY_UNAVAILABLE;
        answersAfter = PATIENCE;
        refused("failed after PT2S");
        refused("failed after PT2S");
        assertThat(asked).hasSize(1);

        now += Duration.ofSeconds(8).toNanos();
        fails = null;
        answersAfter = Duration.ZERO;
        assertThat(registry.experiments()).isEmpty();
    }

    @Test
    void anErrorThatComesQuicklyKeepsNobodyFromAsking() {
        fails = ErrorCode.REGISTRY_UNAVAILABLE;
        refused("failed after PT0S");
        fails = null;
        assertThat(registry.experiments()).isEmpty();
    }
}

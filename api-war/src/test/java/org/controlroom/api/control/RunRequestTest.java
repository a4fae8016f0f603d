package org.controlroom.api.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Problem;
import org.junit.jupiter.api.Test;

class RunRequestTest {

    @Test
    void theSameBodyHasTheSameFingerprintInAnyOrder() {
        Map<String, String> one = new LinkedHashMap<>(Map.of("a", "1"));
        one.put("b", "2");
        Map<String, String> other = new LinkedHashMap<>(Map.of("b", "2"));
        other.put("a", "1");

        RunOrigin first = RunRequest.origin("load-data", one, "key", null, false);
        assertThat(RunRequest.origin("load-data", other, "key", null, false)).isEqualTo(first);
        assertThat(RunRequest.origin("load-data", Map.of("a", "1"), "key", null, false)
                        .fingerprint())
                .isNotEqualTo(first.fingerprint());
        assertThat(RunRequest.origin("load-data", one, "key", "http://x/", true).fingerprint())
                .isNotEqualTo(first.fingerprint());
        assertThat(RunRequest.origin("train-model", one, "key", null, false).key())
                .isNotEqualTo(first.key());
    }

    @Test
    void withoutAKeyEveryRequestIsANewOne() {
        RunOrigin origin = RunRequest.origin("load-data", Map.of(), null, "https://example.org/hook", true);
        assertThat(origin.key()).isNull();
        assertThat(origin.callbackUrl()).isEqualTo("https://example.org/hook");
    }

    @Test
    void whatCannotBeKeptOrToldIsRefused() {
        ControlRoomException both = catchThrowableOfType(
                ControlRoomException.class,
                () -> RunRequest.origin("load-data", Map.of(), "two words", "file:///etc/passwd", true));
        assertThat(both.problems()).extracting(Problem::field).containsExactly("Idempotency-Key", "callback_url");

        ControlRoomException unsigned = catchThrowableOfType(
                ControlRoomException.class,
                () -> RunRequest.origin("load-data", Map.of(), null, "http://example.org/", false));
        assertThat(unsigned).hasMessageContaining("controlroom.pipelines.callback-secret");
    }
}

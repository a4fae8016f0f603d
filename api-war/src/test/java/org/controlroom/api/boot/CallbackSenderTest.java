package org.controlroom.api.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.controlroom.core.port.RunCallbacks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a receiver on this machine. */
class CallbackSenderTest {

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> signatures = Collections.synchronizedList(new ArrayList<>());
    private volatile int answer = 204;
    private HttpServer receiver;
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");
    private final OneCallback callbacks = new OneCallback();

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            signatures.add(exchange.getRequestHeaders().getFirst(CallbackSender.SIGNATURE));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.start();
        callbacks.url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    private void tick() {
        new CallbackSender(callbacks, id -> "{\"id\":\"" + id + "\"}", "secret", () -> now).tick();
    }

    @Test
    void theEndOfARunIsToldOnceWithASignatureThatTheReceiverCanCheck() {
        tick();
        tick();

        assertThat(received).containsExactly("{\"id\":\"run-00000001\"}");
        String expected =
                CallbackSender.signature("{\"id\":\"run-00000001\"}".getBytes(StandardCharsets.UTF_8), "secret");
        assertThat(signatures).containsExactly("sha256=" + expected);
        assertThat(callbacks.state).isEqualTo("delivered");
    }

    /** The example of RFC 4231, section 4.3. */
    @Test
    void theSignatureIsHmacSha256() {
        assertThat(CallbackSender.signature("what do ya want for nothing?".getBytes(StandardCharsets.UTF_8), "Jefe"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void aReceiverThatFailsIsToldAgainLater() {
        answer = 503;
        tick();
        assertThat(callbacks.problem).isEqualTo("answered 503");
        tick();
        assertThat(received).hasSize(1);

        answer = 200;
        now = callbacks.next;
        tick();
        assertThat(received).hasSize(2);
        assertThat(callbacks.state).isEqualTo("delivered");
    }

    @Test
    void aReceiverThatNeverAnswersIsGivenUp() {
        receiver.stop(0);
        for (int i = 0; i < 20; i++) {
            tick();
            now = callbacks.next;
        }
        assertThat(callbacks.state).isEqualTo("given up");
        assertThat(callbacks.attempts).isEqualTo(8);
    }

    @Test
    void whatAnotherNodeTookIsNotSent() {
        callbacks.takenByAnother = true;
        tick();
        assertThat(received).isEmpty();
    }

    private static final class OneCallback implements RunCallbacks {
        private String url = "";
        private String state = "open";
        private String problem = "";
        private int attempts;
        private boolean takenByAnother;
        private Instant next = Instant.EPOCH;

        @Override
        public List<Callback> due(Instant now, int limit) {
            return state.equals("open") && !next.isAfter(now)
                    ? List.of(new Callback("run-00000001", url, attempts))
                    : List.of();
        }

        @Override
        public boolean take(Callback callback, Instant until) {
            attempts++;
            next = until;
            return !takenByAnother;
        }

        @Override
        public void delivered(String runId) {
            state = "delivered";
        }

        @Override
        public void failed(String runId, String why, Instant again) {
            problem = why;
            next = again;
        }

        @Override
        public void givenUp(String runId, String why) {
            state = "given up";
        }
    }
}

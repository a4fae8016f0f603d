package org.controlroom.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.Message;
import org.controlroom.core.model.Notice;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a receiver on this machine. */
class WebhookChannelTest {

    private static final Message MESSAGE = new Message(
            Notice.Kind.RUN_FAILED,
            "Pipeline <load> & more failed",
            List.of("Reason: \"é\" > 1"),
            "https://here/ui/x?a=1&b=2");

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private final HttpSender http = new HttpSender();
    private volatile int answer = 200;
    private HttpServer receiver;
    private URI address;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            headers.add(exchange.getRequestHeaders());
            if (answer / 100 == 3) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.start();
        address = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/services/T0/B0/secret");
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    @Test
    void aMessageIsSlacksJsonWithItsThreeCharactersEscaped() {
        new WebhookChannel(http, address).send("notification-7", MESSAGE);

        assertThat(Json.parse(bodies.get(0)))
                .isEqualTo(Json.ofTexts(Map.of(
                        "text",
                        "*Pipeline &lt;load&gt; &amp; more failed*\nReason: \"é\" &gt; 1\n"
                                + "<https://here/ui/x?a=1&amp;b=2|Open in Control Room>")));
        assertThat(headers.get(0).getFirst("Content-Type")).startsWith("application/json");
        assertThat(headers.get(0).getFirst(WebhookChannel.ID)).isEqualTo("notification-7");
        assertThat(headers.get(0)).as("asks for no other protocol").doesNotContainKeys("Upgrade", "Connection");
    }

    @Test
    void anAnswerThatIsNo2xxFailsWithTheHostButNotThePath() {
        for (int status : List.of(302, 404, 500)) {
            answer = status;
            assertThatThrownBy(() -> new WebhookChannel(http, address).send("n", MESSAGE))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RECEIVER_UNAVAILABLE))
                    .hasMessage("http://127.0.0.1:" + address.getPort() + " answered " + status);
        }
        assertThat(bodies).as("no redirect is followed").hasSize(3);
    }

    @Test
    void aReceiverThatIsNotThereFailsWithTheHostButNotThePath() {
        receiver.stop(0);
        assertThatThrownBy(() -> new WebhookChannel(http, address).send("n", MESSAGE))
                .hasMessageStartingWith("http://127.0.0.1:" + address.getPort() + " cannot be reached")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    void theTargetThatIsShownHasNoPath() {
        assertThat(new WebhookChannel(http, URI.create("https://hooks.slack.com/services/T0/B0/secret")).target())
                .isEqualTo("https://hooks.slack.com/…");
    }

    @Test
    void aCallbackIsSignedSoThatTheReceiverCanCheckIt() {
        String json = "{\"id\":\"run-00000001\"}";
        new SignedCallback(http, "secret").send("run-00000001", address.toString(), json);

        assertThat(bodies).containsExactly(json);
        assertThat(headers.get(0).getFirst(SignedCallback.RUN)).isEqualTo("run-00000001");
        assertThat(headers.get(0).getFirst(SignedCallback.SIGNATURE))
                .isEqualTo("sha256=" + SignedCallback.signature(json.getBytes(StandardCharsets.UTF_8), "secret"));
    }

    @Test
    void aCallbackToWhatIsNoAddressFailsInWords() {
        assertThatThrownBy(() -> new SignedCallback(http, "secret").send("run-00000001", "not an address", "{}"))
                .isInstanceOf(ControlRoomException.class)
                .hasMessageContaining("its address is none");
    }

    /** The example of RFC 4231, section 4.3. */
    @Test
    void theSignatureIsHmacSha256() {
        assertThat(SignedCallback.signature("what do ya want for nothing?".getBytes(StandardCharsets.UTF_8), "Jefe"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}

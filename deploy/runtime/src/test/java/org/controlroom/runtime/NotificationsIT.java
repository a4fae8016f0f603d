package org.controlroom.runtime;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.controlroom.notifications.MailSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** People are told, by a webhook and by mail, on a receiver and a mail server of this machine. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotificationsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ID = "X-Control-Room-Notification";
    private static final List<Posted> POSTED = new CopyOnWriteArrayList<>();

    private static volatile int webhookAnswer = 200;
    private static HttpServer webhook;
    private static MailSink mailServer;
    private static Distribution server;

    /** What the webhook was sent and took. */
    private record Posted(String id, String text) {}

    @BeforeAll
    static void startAllThree() throws IOException {
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int answer = webhookAnswer;
            if (answer == 200) {
                POSTED.add(new Posted(
                        exchange.getRequestHeaders().getFirst(ID),
                        Distribution.read(body).path("text").asText()));
            }
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        webhook.start();
        mailServer = MailSink.listen(0);
        // The first start of a folder trains and promotes.
        server = new Distribution(TrainedServer.folder("notifications"))
                .with("SAMPLE_ROWS", "1500")
                .with("CONTROLROOM_NOTIFICATIONS_BASE_URL", "https://control.example.org/")
                .with(
                        "CONTROLROOM_NOTIFICATIONS_WEBHOOK_URL",
                        "http://127.0.0.1:" + webhook.getAddress().getPort() + "/services/T0/very-secret")
                .with("CONTROLROOM_NOTIFICATIONS_MAIL_HOST", "127.0.0.1")
                .with("CONTROLROOM_NOTIFICATIONS_MAIL_PORT", String.valueOf(mailServer.port()))
                .with("CONTROLROOM_NOTIFICATIONS_MAIL_TLS", "none")
                .with("CONTROLROOM_NOTIFICATIONS_MAIL_FROM", "Control Room <control@example.org>")
                .with("CONTROLROOM_NOTIFICATIONS_MAIL_TO", "ops@example.org, ml@example.org");
        server.start();
    }

    @AfterAll
    static void stopAllThree() throws IOException {
        server.close();
        webhook.stop(0);
        mailServer.close();
    }

    private static List<Posted> posted(String text) {
        return POSTED.stream().filter(each -> each.text().contains(text)).toList();
    }

    private static List<MailSink.Mail> mails(String text) {
        return mailServer.mails().stream()
                .filter(mail -> mail.source().contains(text))
                .toList();
    }

    private static void awaitBoth(String text) {
        Distribution.await(
                "both messages: " + text,
                PATIENCE,
                () -> !posted(text).isEmpty() && !mails(text).isEmpty());
    }

    private static JsonNode failingRun() throws IOException {
        Path folder = Files.createDirectories(TrainedServer.folder("notifications-bad"));
        Files.writeString(folder.resolve("X_train_update.csv"), "id,title\n1,tasse\n");
        Files.writeString(folder.resolve("Y_train_CVw08PX.csv"), ",prdtypecode\n0,10\n");
        JsonNode run = server.run("load-data", Map.of("folder", folder.toString()));
        assertThat(run.path("status").asText()).isEqualTo("failed");
        return run;
    }

    @Test
    @Order(1)
    void aTrainingThatPromotesItsModelIsTold() {
        awaitBoth("rakuten_classifier: version 1 is in production");

        assertThat(posted("is in production").get(0).text())
                .contains("weighted F1 0.", "By: train-model run-", "no model is live")
                .contains("<https://control.example.org/ui/registry-version?name=rakuten_classifier&amp;version=1|");
        assertThat(mails("is in production").get(0).to()).containsExactly("ops@example.org", "ml@example.org");
    }

    @Test
    @Order(2)
    void theTestButtonsSendAMessageAndSayWhatFailed() {
        ControlRoomPages pages = ControlRoomPages.of(server);
        pages.visit("/ui/pipelines-notifications", page -> {
            press(page, "Webhook (Slack)");
            assertThat(page.locator("#test-result")).containsText("was delivered");
            assertThat(page.locator("#messages tbody tr").first()).containsText("this is a test");
            press(page, "E-mail");
            assertThat(page.locator("#test-result")).containsText("ops@example.org");
        });
        assertThat(posted("this is a test")).hasSize(1);
        assertThat(mails("this is a test")).hasSize(1);

        webhookAnswer = 404;
        pages.visit("/ui/pipelines-notifications", page -> {
            press(page, "Webhook (Slack)");
            assertThat(page.locator("#test-result .problem")).containsText("answered 404");
            assertThat(page.locator("body")).not().containsText("very-secret");
        });
        webhookAnswer = 200;
        JsonNode channel =
                server.json("/api/v1/notifications/channels").path("items").path(0);
        assertThat(channel.path("last_problem").asText()).endsWith("answered 404");
        assertThat(channel.path("last_delivered_at").isTextual()).isTrue();
    }

    private static void press(Page page, String channel) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName("Send a test message: " + channel)
                                .setExact(true))
                .click();
    }

    @Test
    @Order(3)
    void aFailureIsToldOnceThoughReceiversAndServerWereAwayMeanwhile() throws IOException {
        webhookAnswer = 503;
        mailServer.refuse("450 come back later");
        String run = failingRun().path("id").asText();
        Distribution.await(
                "both messages to be tried",
                PATIENCE,
                () -> server.all("/api/v1/notifications?status=open").stream()
                                .filter(message ->
                                        !message.path("problem").asText().isEmpty())
                                .count()
                        == 2);
        ControlRoomPages.of(server)
                .look(
                        "pipelines-notifications",
                        "/ui/pipelines-notifications",
                        page -> assertThat(page.locator("#messages tbody")).containsText("450 come back later"));
        server.kill();
        assertThat(posted(run)).isEmpty();
        assertThat(mails(run)).isEmpty();

        webhookAnswer = 200;
        mailServer.refuse("");
        server.start();
        awaitBoth(run);
        Distribution.await(
                "both to be written down as delivered",
                PATIENCE,
                () -> server.all("/api/v1/notifications?status=open").isEmpty());

        assertThat(posted(run)).hasSize(1);
        assertThat(mails(run)).hasSize(1);
        assertThat(posted(run).get(0).text())
                .contains("Pipeline load-data: " + run + " failed at load-catalogue", "Reason: ", "Asked for by: api");
        assertThat(posted(run).get(0).id()).startsWith("notification-");
        assertThat(server.get("/metrics").body())
                .contains("controlroom_notifications_total{channel=\"email\",outcome=\"delivered\"}");
        assertThat(server.get("/api/v1/configuration").body()).doesNotContain("very-secret");
    }
}

package org.controlroom.api.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.controlroom.notifications.MailSettings;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class NotificationSettingsTest {

    private static final String PREFIX = "controlroom.notifications.";

    private static NotificationSettings read(Map<String, String> values) {
        Config config = (Config) Proxy.newProxyInstance(
                Config.class.getClassLoader(),
                new Class<?>[] {Config.class},
                (proxy, method, arguments) -> Optional.ofNullable(
                        values.get(String.valueOf(arguments[0]).replace(PREFIX, ""))));
        return NotificationSettings.read(config);
    }

    @Test
    void withoutKeysNobodyIsTold() {
        NotificationSettings settings = read(Map.of());
        assertThat(settings.webhook()).isNull();
        assertThat(settings.mail()).isNull();
        assertThat(settings.baseUrl()).isNull();
        assertThat(settings.topics()).containsExactlyInAnyOrder("failure", "promotion");
    }

    @Test
    void everyKeyIsRead() {
        NotificationSettings settings = read(Map.of(
                "base-url", "https://control.example.org/",
                "on", "Failure",
                "webhook.url", "https://hooks.slack.com/services/x",
                "mail.host", "mail.example.org",
                "mail.port", "465",
                "mail.tls", "TLS",
                "mail.user", "control",
                "mail.password", "p",
                "mail.to", "ops@example.org, Zoé <zoe@example.org>"));
        assertThat(settings.baseUrl()).isEqualTo("https://control.example.org");
        assertThat(settings.topics()).containsExactly("failure");
        MailSettings mail = settings.mail();
        assertThat(mail.port()).isEqualTo(465);
        assertThat(mail.tls()).isEqualTo(MailSettings.Tls.TLS);
        assertThat(mail.to()).containsExactly("ops@example.org", "Zoé <zoe@example.org>");
        assertThat(mail.from()).isEqualTo("ops@example.org");
        assertThat(settings.toString()).doesNotContain("services/x").doesNotContain("password");
    }

    @Test
    void aWrongValueIsRefusedWithItsKeyAndWhatIsAllowed() {
        refused(Map.of("on", "failure,always"), "on", "'always'; must be some of [failure, promotion]");
        refused(Map.of("base-url", "control.example.org"), "base-url", "'control.example.org'; must be an address");
        refused(Map.of("mail.host", "mail.example.org"), "mail.to", "is not set");
        refused(Map.of("mail.to", "ops@example.org"), "mail.host", "is not set");
        Map<String, String> mail = Map.of("mail.host", "h", "mail.to", "ops");
        refused(mail, "mail.to", "'ops'; must be a mail address");
        refused(Map.of("mail.host", "h", "mail.to", "o@example.org", "mail.tls", "ssl"), "mail.tls", "'ssl'; must be");
        refused(Map.of("mail.host", "h", "mail.to", "o@example.org", "mail.port", "0"), "mail.port", "'0'; must be 1");
        refused(Map.of("mail.host", "h", "mail.to", "o@example.org", "mail.from", "x"), "mail.from", "'x'; must be");
    }

    private static void refused(Map<String, String> values, String key, String why) {
        assertThatThrownBy(() -> read(values))
                .hasMessageContaining(PREFIX + key)
                .hasMessageContaining(why);
    }

    @Test
    void aWrongWebhookIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> read(Map.of("webhook.url", "ftp://host/very-secret")))
                .hasMessageContaining(PREFIX + "webhook.url")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("very-secret"));
    }
}

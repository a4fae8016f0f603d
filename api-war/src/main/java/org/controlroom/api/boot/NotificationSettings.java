package org.controlroom.api.boot;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.controlroom.core.model.Notice;
import org.controlroom.notifications.MailChannel;
import org.controlroom.notifications.MailSettings;
import org.controlroom.spi.ControlRoomException;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what: keys {@code controlroom.notifications.*}.
 *
 * @param baseUrl where people find this server, without a slash at the end; null for messages without links
 * @param topics what is told, see {@link Notice.Kind#topic()}
 * @param webhook null for none
 * @param mail null for none
 */
record NotificationSettings(
        @Nullable String baseUrl,
        Set<String> topics,
        @Nullable URI webhook,
        @Nullable MailSettings mail) {

    private static final Set<String> TOPICS = Arrays.stream(Notice.Kind.values())
            .map(Notice.Kind::topic)
            .filter(topic -> !topic.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));

    NotificationSettings {
        topics = Set.copyOf(topics);
    }

    /** @throws ControlRoomException SETTINGS_INVALID naming the key, the value and what is allowed */
    static NotificationSettings read(Config config) {
        URI base = address(config, "controlroom.notifications.base-url", true);
        return new NotificationSettings(
                base == null ? null : base.toString().replaceFirst("/+$", ""),
                topics(config),
                address(config, "controlroom.notifications.webhook.url", false),
                mail(config));
    }

    private static Set<String> topics(Config config) {
        Set<String> topics = new TreeSet<>();
        for (String topic : list(config, "controlroom.notifications.on", "failure,promotion")) {
            if (!TOPICS.contains(topic.toLowerCase(Locale.ROOT))) {
                throw Configuration.refused(
                        "controlroom.notifications.on", "'" + topic + "'; must be some of " + TOPICS + " with commas");
            }
            topics.add(topic.toLowerCase(Locale.ROOT));
        }
        return topics;
    }

    /** @param shown whether the value may be shown; the address of a webhook is as good as a password */
    private static @Nullable URI address(Config config, String key, boolean shown) {
        String text = Configuration.text(config, key).map(String::strip).orElse(null);
        if (text == null) {
            return null;
        }
        try {
            URI address = new URI(text);
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // answered below, with the addresses of other kinds
        }
        throw Configuration.refused(
                key, (shown ? "'" + text + "'" : "its value") + "; must be an address as https://host/path");
    }

    private static @Nullable MailSettings mail(Config config) {
        String host = Configuration.text(config, "controlroom.notifications.mail.host")
                .map(String::strip)
                .orElse(null);
        List<String> to = list(config, "controlroom.notifications.mail.to", "");
        if (host == null) {
            if (!to.isEmpty()) {
                throw Configuration.refused(
                        "controlroom.notifications.mail.host", "is not set; must be a mail server for mail.to");
            }
            return null;
        }
        if (to.isEmpty()) {
            throw Configuration.refused(
                    "controlroom.notifications.mail.to", "is not set; must be mail addresses with commas");
        }
        to.forEach(address -> checked("controlroom.notifications.mail.to", address));
        String from = Configuration.text(config, "controlroom.notifications.mail.from")
                .orElse(to.get(0));
        checked("controlroom.notifications.mail.from", from);
        MailSettings.Tls tls = tls(config);
        return new MailSettings(
                host,
                Configuration.number(config, "controlroom.notifications.mail.port", 587, 1, 65_535),
                tls,
                Configuration.text(config, "controlroom.notifications.mail.user")
                        .orElse(null),
                Configuration.text(config, "controlroom.notifications.mail.password")
                        .orElse(""),
                from,
                to);
    }

    private static void checked(String key, String address) {
        try {
            MailChannel.address(address);
        } catch (ControlRoomException e) {
            throw Configuration.refused(key, String.valueOf(e.getMessage()));
        }
    }

    private static MailSettings.Tls tls(Config config) {
        String text =
                Configuration.text(config, "controlroom.notifications.mail.tls").orElse("starttls");
        return Arrays.stream(MailSettings.Tls.values())
                .filter(mode -> mode.name().equalsIgnoreCase(text.strip()))
                .findFirst()
                .orElseThrow(() -> Configuration.refused(
                        "controlroom.notifications.mail.tls", "'" + text + "'; must be starttls, tls or none"));
    }

    private static List<String> list(Config config, String key, String otherwise) {
        List<String> items = new ArrayList<>();
        for (String item : Configuration.text(config, key).orElse(otherwise).split(",")) {
            if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
        return items;
    }

    /** Without the webhook's path, which must not get into a log. */
    @Override
    public String toString() {
        return "topics " + topics + ", webhook " + (webhook == null ? "none" : webhook.getHost()) + ", mail " + mail;
    }
}

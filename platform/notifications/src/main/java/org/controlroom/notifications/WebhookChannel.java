package org.controlroom.notifications;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.Message;
import org.controlroom.core.port.Channel;

/**
 * Incoming webhooks of Slack, and of whatever takes the same JSON (Mattermost, Rocket.Chat, Discord's {@code /slack}
 * addresses): one object with {@code text} in Slack's markup.
 */
public final class WebhookChannel implements Channel {

    public static final String NAME = "webhook";

    /** Says the id of the message; the same at each attempt. */
    public static final String ID = "X-Control-Room-Notification";

    private final HttpSender http;
    private final URI address;

    public WebhookChannel(HttpSender http, URI address) {
        this.http = http;
        this.address = address;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String target() {
        return HttpSender.host(address) + "/…";
    }

    @Override
    public void send(String id, Message message) {
        http.post(address, Map.of(ID, id), json(message).getBytes(StandardCharsets.UTF_8));
    }

    static String json(Message message) {
        StringBuilder text =
                new StringBuilder("*").append(escaped(message.title())).append('*');
        message.lines().forEach(line -> text.append('\n').append(escaped(line)));
        String link = message.link();
        if (link != null) {
            text.append("\n<").append(escaped(link)).append("|Open in Control Room>");
        }
        return Json.ofTexts(Map.of("text", text.toString())).write();
    }

    /** The three characters that mean something in Slack's markup (its documentation, "Escaping text"). */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

package org.controlroom.ui.pipelines;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.controlroom.ui.client.ApiConnection;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.JsonFields;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.client.NotificationsApi;
import org.jspecify.annotations.Nullable;

/** Asks the API who is told what. All methods throw {@link ApiProblem}. */
@ApplicationScoped
public class NotificationsClient {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ApiConnection connection;

    /** One way to be told; times are null before the first message. */
    public record Channel(
            String name,
            boolean configured,
            String target,
            @Nullable Instant lastDeliveredAt,
            String lastProblem,
            @Nullable Instant lastProblemAt) {

        static Channel of(JsonObject item) {
            return new Channel(
                    JsonFields.text(item, "name"),
                    item.getBoolean("configured", false),
                    JsonFields.text(item, "target"),
                    JsonFields.instantOrNull(item, "last_delivered_at"),
                    JsonFields.text(item, "last_problem"),
                    JsonFields.instantOrNull(item, "last_problem_at"));
        }
    }

    /** One message to one channel; the next attempt is null when there is none. */
    public record Message(
            String channel,
            String title,
            List<String> lines,
            String status,
            long attempts,
            @Nullable Instant createdAt,
            @Nullable Instant nextAttemptAt,
            String problem) {

        static Message of(JsonObject item) {
            return new Message(
                    JsonFields.text(item, "channel"),
                    JsonFields.text(item, "title"),
                    JsonFields.text(item, "text").lines().toList(),
                    JsonFields.text(item, "status"),
                    JsonFields.number(item, "attempts"),
                    JsonFields.instantOrNull(item, "created_at"),
                    JsonFields.instantOrNull(item, "next_attempt_at"),
                    JsonFields.text(item, "problem"));
        }
    }

    public List<Channel> channels() {
        return connection.ask(NotificationsApi.class, api -> JsonFields.objects(api.channels(), "items", Channel::of));
    }

    public Listed<Message> messages(@Nullable String cursor, int limit) {
        return connection.ask(NotificationsApi.class, api -> Listed.of(api.notifications(cursor, limit), Message::of));
    }

    /** Sends a test message and waits for it. @return where it went */
    public String test(String channel) {
        JsonObject body = Json.createObjectBuilder().add("channel", channel).build();
        return connection.ask(NotificationsApi.class, api -> JsonFields.text(api.test(body), "target"));
    }
}

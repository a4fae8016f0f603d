package org.controlroom.ui.pipelines;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.training.Web;
import org.jspecify.annotations.Nullable;

/** The channels with a button that tries each, and the newest messages. */
@Named("notificationsPage")
@RequestScoped
public class NotificationsPage {

    private static final int A_PAGE = 25;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    NotificationsClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    private List<NotificationsClient.Channel> channels = List.of();
    private Listed<NotificationsClient.Message> messages = new Listed<>(List.of(), null);
    private String sentTo = "";
    private @Nullable ApiProblem problem;
    private @Nullable ApiProblem actionProblem;

    @PostConstruct
    void ask() {
        try {
            String cursor = web.raw("cursor");
            channels = client.channels();
            messages = client.messages(cursor.isBlank() ? null : cursor, A_PAGE);
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    public List<NotificationsClient.Channel> getChannels() {
        return channels;
    }

    /** Whether nobody is told anything. */
    public boolean isNobodyTold() {
        return channels.stream().noneMatch(NotificationsClient.Channel::configured);
    }

    public Listed<NotificationsClient.Message> getMessages() {
        return messages;
    }

    /** Colour of the badge of a message. */
    public String level(String status) {
        return switch (status) {
            case "delivered" -> "healthy";
            case "given_up" -> "unhealthy";
            default -> "running";
        };
    }

    /** Where the test message of this request went; empty when there was none. */
    public String getSentTo() {
        return sentTo;
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    public @Nullable ApiProblem getActionProblem() {
        return actionProblem;
    }

    public void test(String channel) {
        try {
            sentTo = client.test(channel);
        } catch (ApiProblem e) {
            actionProblem = e;
        }
        ask();
    }
}

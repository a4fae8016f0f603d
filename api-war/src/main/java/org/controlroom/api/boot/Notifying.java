package org.controlroom.api.boot;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.controlroom.core.model.Message;
import org.controlroom.core.notify.MakeMessages;
import org.controlroom.core.notify.NoticeTexts;
import org.controlroom.core.notify.SendDue;
import org.controlroom.core.notify.TryChannel;
import org.controlroom.core.port.Channel;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.Notifications;
import org.controlroom.core.port.Outbox;
import org.controlroom.notifications.HttpSender;
import org.controlroom.notifications.MailChannel;
import org.controlroom.notifications.SignedCallback;
import org.controlroom.notifications.WebhookChannel;
import org.controlroom.telemetry.PrometheusTelemetry;

/** Everything that is told to others: messages to people, callbacks to programs; each way in a thread of its own. */
final class Notifying {

    private static final long EVERY_MS = 1_000;

    /** The longest that a mail takes: connecting, and a few answers. */
    private static final Duration MAIL_PATIENCE = Duration.ofSeconds(30);

    private final SecureRandom random = new SecureRandom();
    private final HttpSender http = new HttpSender();
    private final Notifications notifications;
    private final List<Channel> channels;
    private final NoticeTexts texts;
    private final PrometheusTelemetry telemetry;
    private final InstantSource clock;
    final TryChannel trial;

    Notifying(
            NotificationSettings settings,
            Notifications notifications,
            PrometheusTelemetry telemetry,
            InstantSource clock) {
        this.notifications = notifications;
        this.telemetry = telemetry;
        this.clock = clock;
        this.texts = new NoticeTexts(settings.baseUrl());
        List<Channel> all = new ArrayList<>();
        if (settings.webhook() != null) {
            all.add(new WebhookChannel(http, settings.webhook()));
        }
        if (settings.mail() != null) {
            all.add(new MailChannel(settings.mail(), clock));
        }
        this.channels = List.copyOf(all);
        this.trial = new TryChannel(
                notifications,
                channels,
                texts,
                telemetry,
                clock,
                () -> UUID.randomUUID().toString());
    }

    /** On every node that has channels, whatever else it does. */
    void startMessages(NotificationSettings settings, ModelRegistry registry, Deque<AutoCloseable> closing) {
        if (channels.isEmpty()) {
            return;
        }
        List<String> names = channels.stream().map(Channel::name).toList();
        MakeMessages messages = new MakeMessages(notifications, registry, texts, settings.topics(), names, clock);
        closing.push(Repeated.start("notices", EVERY_MS, EVERY_MS, messages::tick));
        for (Channel channel : channels) {
            telemetry.expectChannel(channel.name());
            SendDue<Message> sender = new SendDue<>(
                    channel.name(),
                    notifications.outbox(channel.name()),
                    item -> channel.send(item.id(), item.content()),
                    outcome -> telemetry.notified(channel.name(), outcome),
                    MAIL_PATIENCE,
                    clock,
                    random::nextDouble);
            closing.push(Repeated.start("notify-" + channel.name(), EVERY_MS, EVERY_MS, sender::tick));
        }
    }

    /** @param run by its id, as JSON */
    void startCallbacks(
            Outbox<String> callbacks, String secret, UnaryOperator<String> run, Deque<AutoCloseable> closing) {
        SignedCallback callback = new SignedCallback(http, secret);
        telemetry.expectChannel("callback");
        SendDue<String> sender = new SendDue<>(
                "callback",
                callbacks,
                item -> callback.send(item.id(), item.content(), run.apply(item.id())),
                outcome -> telemetry.notified("callback", outcome),
                HttpSender.PATIENCE,
                clock,
                random::nextDouble);
        closing.push(Repeated.start("callbacks", EVERY_MS, EVERY_MS, sender::tick));
    }
}

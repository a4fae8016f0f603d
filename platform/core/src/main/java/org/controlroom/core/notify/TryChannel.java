package org.controlroom.core.notify;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.controlroom.core.model.Message;
import org.controlroom.core.port.Channel;
import org.controlroom.core.port.Notifications;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;

/** Sends a test message at once, and says whether it arrived. */
public final class TryChannel {

    /** Every channel that can be configured, by name. */
    public static final List<String> NAMES = List.of("webhook", "email");

    private final Notifications notifications;
    private final List<Channel> channels;
    private final NoticeTexts texts;
    private final Telemetry telemetry;
    private final InstantSource clock;
    private final Supplier<String> ids;

    /**
     * @param channels those that are configured
     * @param ids another one each time
     */
    public TryChannel(
            Notifications notifications,
            List<Channel> channels,
            NoticeTexts texts,
            Telemetry telemetry,
            InstantSource clock,
            Supplier<String> ids) {
        this.notifications = notifications;
        this.channels = List.copyOf(channels);
        this.texts = texts;
        this.telemetry = telemetry;
        this.clock = clock;
        this.ids = ids;
    }

    public List<Channel> channels() {
        return channels;
    }

    /**
     * Sends one and waits for it.
     *
     * @return the message as it was sent
     * @throws ControlRoomException INVALID_INPUT when there is no such channel, CONFLICT when it is not configured,
     *     RECEIVER_UNAVAILABLE when it could not be sent
     */
    public Message send(String name) {
        if (!NAMES.contains(name)) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "notification",
                    List.of(new Problem("channel", "'" + name + "'; must be one of " + NAMES)));
        }
        Channel channel = channels.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.CONFLICT,
                        Reason.of(
                                "channel-not-configured",
                                "channel {0} is not configured; docs/notifications.md says how",
                                name)));
        Message message = texts.test();
        String problem = "";
        try {
            channel.send("test-" + ids.get(), message);
            return message;
        } catch (ControlRoomException e) {
            problem = String.valueOf(e.getMessage());
            throw e;
        } finally {
            telemetry.notified(name, problem.isEmpty() ? "delivered" : "given_up");
            notifications.record(name, message, problem, clock.instant());
        }
    }
}

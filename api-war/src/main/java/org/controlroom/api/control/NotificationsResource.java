package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.Notification;
import org.controlroom.core.model.Page;
import org.controlroom.core.notify.TryChannel;
import org.controlroom.core.port.Channel;
import org.controlroom.core.port.Notifications;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who is told about failures and promotions, and what became of each message. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("notifications")
@Tag(name = "notifications")
public class NotificationsResource {

    private final Notifications notifications;
    private final TryChannel trial;

    @Inject
    public NotificationsResource(Notifications notifications, TryChannel trial) {
        this.notifications = notifications;
        this.trial = trial;
    }

    /**
     * One way to be told.
     *
     * @param name for example {@code webhook}
     * @param configured whether messages are sent over it
     * @param target where it leads, without secrets; null when it is not configured
     * @param lastDeliveredAt when a message last arrived; null when none did
     * @param lastProblem why the newest message that failed did; null when none did
     * @param lastProblemAt when that message was made
     */
    public record ChannelView(
            String name,
            boolean configured,
            @Nullable String target,
            @Nullable Instant lastDeliveredAt,
            @Nullable String lastProblem,
            @Nullable Instant lastProblemAt) {}

    /** Body that asks for a test message. */
    public record Trial(@Nullable String channel) {}

    /** A test message that arrived. */
    public record Sent(String channel, String target, String title) {}

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(filters = {"channel", "status", "kind"})
    @Operation(
            summary =
                    "Messages and what became of each, newest first;"
                            + " filters: channel, status (open, delivered, given_up), kind (run_failed, promoted, rolled_back, test)")
    public Page<Notification> list(@Context UriInfo uri) {
        return notifications.notifications(Paging.of(uri));
    }

    @GET
    @Path("channels")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "Every way to be told: whether it is configured, and how its last messages ended")
    public Page<ChannelView> channels() {
        return new Page<>(TryChannel.NAMES.stream().map(this::view).toList(), null);
    }

    @POST
    @Path("test")
    @NeedsRole(Role.OPERATOR)
    @Operation(
            summary = "Send a test message over a channel and wait for it; 502 names the host and what failed there,"
                    + " 409 says that the channel is not configured")
    public Sent test(@Nullable Trial body) {
        String name = body == null ? null : body.channel();
        if (name == null) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "notification",
                    List.of(new Problem("channel", "is missing; must be one of " + TryChannel.NAMES)));
        }
        String title = trial.send(name).title();
        return new Sent(name, configured(name).map(Channel::target).orElse(""), title);
    }

    private Optional<Channel> configured(String name) {
        return trial.channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst();
    }

    private ChannelView view(String name) {
        Optional<Channel> channel = configured(name);
        Optional<Notification> problem = Stream.of(Notification.Status.OPEN, Notification.Status.GIVEN_UP)
                .flatMap(status -> notifications.newest(name, status).stream())
                .filter(notification -> !notification.problem().isEmpty())
                .max(Comparator.comparingLong(Notification::id));
        return new ChannelView(
                name,
                channel.isPresent(),
                channel.map(Channel::target).orElse(null),
                notifications
                        .newest(name, Notification.Status.DELIVERED)
                        .map(Notification::endedAt)
                        .orElse(null),
                problem.map(Notification::problem).orElse(null),
                problem.map(Notification::createdAt).orElse(null));
    }
}

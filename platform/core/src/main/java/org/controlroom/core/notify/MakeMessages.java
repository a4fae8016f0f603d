package org.controlroom.core.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.controlroom.core.model.Message;
import org.controlroom.core.model.Notice;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.Notifications;
import org.controlroom.spi.ControlRoomException;

/**
 * Makes notices into messages for the channels that there are. Called every second or so by one thread of each node that
 * has channels; of many nodes one makes the messages of a notice.
 */
public final class MakeMessages {

    /** Older notices are no news: nobody had been named who was to be told, or nothing ran. */
    static final Duration NEWS = Duration.ofDays(1);

    private static final System.Logger LOG = System.getLogger(MakeMessages.class.getName());
    private static final int AT_ONCE = 20;

    private final Notifications notifications;
    private final ModelRegistry registry;
    private final NoticeTexts texts;
    private final Set<String> topics;
    private final List<String> channels;
    private final InstantSource clock;

    /**
     * @param topics that people want to be told of, see {@link Notice.Kind#topic()}
     * @param channels by name
     */
    public MakeMessages(
            Notifications notifications,
            ModelRegistry registry,
            NoticeTexts texts,
            Set<String> topics,
            List<String> channels,
            InstantSource clock) {
        this.notifications = notifications;
        this.registry = registry;
        this.texts = texts;
        this.topics = Set.copyOf(topics);
        this.channels = List.copyOf(channels);
        this.clock = clock;
    }

    /** Once more; never throws. */
    public void tick() {
        try {
            for (Notice notice : notifications.notices(AT_ONCE)) {
                Instant now = clock.instant();
                boolean wanted =
                        topics.contains(notice.kind().topic()) && notice.at().isAfter(now.minus(NEWS));
                Message message = texts.message(notice, wanted ? figures(notice) : Map.of());
                notifications.address(notice, message, wanted ? channels : List.of(), now);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "notices", e);
        }
    }

    /** What the version reached on the rows held out; nothing when the registry cannot say. */
    private Map<String, Double> figures(Notice notice) {
        if (notice.kind() == Notice.Kind.RUN_FAILED) {
            return Map.of();
        }
        try {
            return registry.run(
                            registry.version(notice.about(), notice.subject()).runId())
                    .metrics();
        } catch (ControlRoomException e) {
            return Map.of();
        }
    }
}

package org.controlroom.core.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.controlroom.core.model.Message;
import org.controlroom.core.model.Notice;
import org.controlroom.core.model.Notification;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;

/**
 * What happened that people want to know, and the messages about it. A notice is kept in the same transaction as what it
 * tells of, so a kill loses none. Kept over restarts; thread-safe.
 */
public interface Notifications {

    /** Notices that no message has been made of yet, the oldest first. */
    List<Notice> notices(int limit);

    /**
     * Makes a notice into one message for each channel, and the notice is gone.
     *
     * @param channels none when nobody wants to know
     * @return false when another node did it, and then this did nothing
     */
    boolean address(Notice notice, Message message, List<String> channels, Instant now);

    /** Messages that are to be sent over one channel. */
    Outbox<Message> outbox(String channel);

    /**
     * Keeps a message that was sent, or could not be, at once.
     *
     * @param problem empty when it was sent
     */
    void record(String channel, Message message, String problem, Instant now);

    /** Newest first. Filters: {@code channel}, {@code status}, {@code kind}. */
    Page<Notification> notifications(PageRequest request);

    /** The newest of a channel in a state. */
    default Optional<Notification> newest(String channel, Notification.Status status) {
        TreeMap<String, String> filters = new TreeMap<>();
        filters.put("channel", channel);
        filters.put("status", status.text());
        return notifications(new PageRequest(filters, null, null, 1)).items().stream()
                .findFirst();
    }
}

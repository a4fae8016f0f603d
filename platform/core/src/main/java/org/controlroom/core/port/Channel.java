package org.controlroom.core.port;

import org.controlroom.core.model.Message;

/** A way to tell people something: a chat, a mailbox. Thread-safe. */
public interface Channel {

    /** For example {@code webhook}. */
    String name();

    /** Where it leads, for people, without secrets. */
    String target();

    /**
     * Sends one message and waits until the other side has taken it, at most some seconds.
     *
     * @param id the same each time the same message is sent, so that the receiver can tell a second delivery
     * @throws org.controlroom.spi.ControlRoomException RECEIVER_UNAVAILABLE naming host and what failed
     */
    void send(String id, Message message);
}

package org.controlroom.core.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.core.port.Outbox;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;

class SendDueTest {

    private final List<String> sent = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private final OneItem outbox = new OneItem();
    private boolean down;
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");

    private void tick() {
        new SendDue<>("message", outbox, this::send, outcomes::add, Duration.ofSeconds(10), () -> now, () -> 0.5)
                .tick();
    }

    private void send(Outbox.Item<String> item) {
        sent.add(item.content());
        if (down) {
            throw new ControlRoomException(ErrorCode.RECEIVER_UNAVAILABLE, "host answered 503");
        }
    }

    @Test
    void whatIsDueIsSentOnce() {
        tick();
        tick();
        assertThat(sent).containsExactly("text");
        assertThat(outbox.state).isEqualTo("delivered");
        assertThat(outcomes).containsExactly("delivered");
    }

    @Test
    void whatCouldNotBeSentIsTriedAgainAfterLongerAndLongerPauses() {
        down = true;
        tick();
        assertThat(outbox.problem).isEqualTo("host answered 503");
        assertThat(Duration.between(now, outbox.next)).isEqualTo(Duration.ofSeconds(5));
        tick();
        assertThat(sent).as("not before its time").hasSize(1);

        now = outbox.next;
        tick();
        assertThat(Duration.between(now, outbox.next)).isEqualTo(Duration.ofSeconds(20));

        down = false;
        now = outbox.next;
        tick();
        assertThat(outbox.state).isEqualTo("delivered");
        assertThat(outcomes).containsExactly("failed", "failed", "delivered");
    }

    @Test
    void whatNobodyEverTakesIsGivenUpAfterTenAttemptsWithinHours() {
        down = true;
        Instant start = now;
        for (int i = 0; i < 30; i++) {
            tick();
            now = outbox.next;
        }
        assertThat(sent).hasSize(10);
        assertThat(outbox.state).isEqualTo("given up");
        assertThat(outcomes).endsWith("failed", "given_up");
        assertThat(Duration.between(start, outbox.ended)).isBetween(Duration.ofHours(3), Duration.ofHours(6));
    }

    @Test
    void whatAnotherNodeTookIsNotSent() {
        outbox.takenByAnother = true;
        tick();
        assertThat(sent).isEmpty();
    }

    @Test
    void anOutboxThatCannotBeReadStopsNothing() {
        outbox.broken = true;
        tick();
        outbox.broken = false;
        tick();
        assertThat(sent).hasSize(1);
    }

    private static final class OneItem implements Outbox<String> {
        private String state = "open";
        private String problem = "";
        private int attempts;
        private boolean takenByAnother;
        private boolean broken;
        private Instant next = Instant.EPOCH;
        private Instant ended = Instant.EPOCH;

        @Override
        public List<Item<String>> due(Instant now, int limit) {
            if (broken) {
                throw new ControlRoomException(ErrorCode.DATABASE_UNAVAILABLE, "away");
            }
            return state.equals("open") && !next.isAfter(now)
                    ? List.of(new Item<>("item-1", attempts, "text"))
                    : List.of();
        }

        @Override
        public boolean take(Item<String> item, Instant until) {
            attempts++;
            next = until;
            return !takenByAnother;
        }

        @Override
        public void delivered(String id, Instant now) {
            state = "delivered";
        }

        @Override
        public void failed(String id, String why, Instant again) {
            problem = why;
            next = again;
        }

        @Override
        public void givenUp(String id, String why, Instant now) {
            state = "given up";
            ended = now;
        }
    }
}

package org.controlroom.core.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.controlroom.core.fake.FakeRegistry;
import org.controlroom.core.model.Message;
import org.controlroom.core.model.Notice;
import org.controlroom.core.model.Notification;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.port.Channel;
import org.controlroom.core.port.Notifications;
import org.controlroom.core.port.Outbox;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MakeMessagesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    @TempDir
    Path folder;

    private final KeptInMemory kept = new KeptInMemory();

    private void tick(String... topics) {
        new MakeMessages(
                        kept,
                        new FakeRegistry(folder),
                        new NoticeTexts(null),
                        Set.of(topics),
                        List.of("webhook", "email"),
                        () -> NOW)
                .tick();
    }

    private static Notice notice(Notice.Kind kind, Instant at) {
        return new Notice(1, kind, "about", "7", null, "reason", "api", at);
    }

    @Test
    void eachNoticeGoesToAllChannels() {
        kept.notices.add(notice(Notice.Kind.RUN_FAILED, NOW));
        tick("failure");
        assertThat(kept.said).containsExactly("webhook: Pipeline about: 7 failed", "email: Pipeline about: 7 failed");
        assertThat(kept.notices).isEmpty();
    }

    @Test
    void whatNobodyWantsToKnowIsGoneWithoutAMessage() {
        kept.notices.add(notice(Notice.Kind.RUN_FAILED, NOW));
        kept.notices.add(notice(Notice.Kind.ROLLED_BACK, NOW));
        tick("promotion");
        assertThat(kept.said).hasSize(2).allMatch(text -> text.contains("rolled back"));
        assertThat(kept.notices).isEmpty();
    }

    @Test
    void whatHappenedLongAgoIsNoNews() {
        kept.notices.add(notice(Notice.Kind.RUN_FAILED, NOW.minus(Duration.ofHours(25))));
        tick("failure");
        assertThat(kept.said).isEmpty();
        assertThat(kept.notices).isEmpty();
    }

    @Test
    void aPromotionIsToldWithoutFiguresWhenTheRegistryDoesNotKnowThem() {
        kept.notices.add(notice(Notice.Kind.PROMOTED, NOW));
        tick("failure", "promotion");
        assertThat(kept.said).hasSize(2);
    }

    @Test
    void aTestMessageIsSentAtOnceAndItsFailureIsToldAndKept() {
        Channel webhook = new Channel() {
            @Override
            public String name() {
                return "webhook";
            }

            @Override
            public String target() {
                return "https://host/…";
            }

            @Override
            public void send(String id, Message message) {
                throw new ControlRoomException(ErrorCode.RECEIVER_UNAVAILABLE, "https://host answered 404");
            }
        };
        TryChannel trial =
                new TryChannel(kept, List.of(webhook), new NoticeTexts(null), Telemetry.NONE, () -> NOW, () -> "1");

        assertThatThrownBy(() -> trial.send("webhook")).hasMessageContaining("https://host answered 404");
        assertThat(kept.said).containsExactly("webhook: Control Room: this is a test: https://host answered 404");
        assertThatThrownBy(() -> trial.send("email")).hasMessageContaining("not configured");
        assertThatThrownBy(() -> trial.send("pigeon")).hasMessageContaining("[webhook, email]");
    }

    private static final class KeptInMemory implements Notifications {
        private final List<Notice> notices = new ArrayList<>();
        private final List<String> said = new ArrayList<>();

        @Override
        public List<Notice> notices(int limit) {
            return List.copyOf(notices);
        }

        @Override
        public boolean address(Notice notice, Message message, List<String> channels, Instant now) {
            channels.forEach(channel -> said.add(channel + ": " + message.title()));
            return notices.remove(notice);
        }

        @Override
        public Outbox<Message> outbox(String channel) {
            throw new UnsupportedOperationException("not needed here");
        }

        @Override
        public void record(String channel, Message message, String problem, Instant now) {
            said.add(channel + ": " + message.title() + ": " + problem);
        }

        @Override
        public Page<Notification> notifications(PageRequest request) {
            return new Page<>(List.of(), null);
        }
    }
}

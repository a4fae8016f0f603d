package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.controlroom.core.model.DeployedVersion;
import org.controlroom.core.model.Deployment;
import org.controlroom.core.model.Message;
import org.controlroom.core.model.Notice;
import org.controlroom.core.model.Notification;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunOrigin;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Outbox;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens becomes a notice in its own transaction, and each notice messages that are sent once. */
class JdbcNotificationsTest {

    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final Message MESSAGE =
            new Message(Notice.Kind.RUN_FAILED, "It failed", List.of("Step: a", "Reason: é€😀"), "http://here/ui/x");

    @TempDir
    Path folder;

    private TestDatabase test;
    private Instant now = START;
    private JdbcNotifications notifications;
    private JdbcRunHistory history;

    @BeforeEach
    void open() {
        test = database(folder);
        notifications = new JdbcNotifications(test.database);
        history = new JdbcRunHistory(test.database, () -> now);
    }

    /** Fresh and with all tables; another kind of database has a test of its own. */
    TestDatabase database(Path empty) {
        return new TestDatabase(empty);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private PipelineRun running(String pipeline) {
        RunOrigin origin = new RunOrigin("schedule nightly", null, null, null);
        PipelineRun run = history.create(pipeline, List.of("a", "b"), Map.of(), origin, "here")
                .orElseThrow();
        history.setStatus(run.id(), RunStatus.RUNNING, null);
        history.setStepStatus(run.id(), "a", RunStatus.COMPLETED);
        history.setStepStatus(run.id(), "b", RunStatus.RUNNING);
        return run;
    }

    private Notice failed(String pipeline) {
        PipelineRun run = running(pipeline);
        history.setStepStatus(run.id(), "b", RunStatus.FAILED);
        history.setStatus(
                run.id(), RunStatus.FAILED, new ControlRoomException(ErrorCode.CATALOGUE_INVALID, "no such folder"));
        List<Notice> notices = notifications.notices(100);
        return notices.get(notices.size() - 1);
    }

    /** A version of the one registry that there is. */
    private static DeployedVersion of(String model, String version) {
        return new DeployedVersion(model, version, "identity of " + model + " " + version, "http://one");
    }

    @Test
    void aRunThatFailsIsANoticeWithStepAndReason() {
        PipelineRun completed = running("load-data");
        history.setStatus(completed.id(), RunStatus.COMPLETED, null);
        assertThat(notifications.notices(10)).isEmpty();

        Notice notice = failed("load-data");
        assertThat(notice.kind()).isEqualTo(Notice.Kind.RUN_FAILED);
        assertThat(notice.about()).isEqualTo("load-data");
        assertThat(notice.subject()).isEqualTo("run-00000002");
        assertThat(notice.detail()).isEqualTo("b");
        assertThat(notice.reason()).isEqualTo("no such folder");
        assertThat(notice.actor()).isEqualTo("schedule nightly");
        assertThat(notice.at()).isEqualTo(START);
    }

    @Test
    void aRunThatIsSaidToHaveFailedTwiceIsOneNoticeAndAfterARestartAnother() {
        Notice first = failed("load-data");
        history.setStatus(
                first.subject(), RunStatus.FAILED, new ControlRoomException(ErrorCode.INTERNAL, "said again"));
        assertThat(notifications.notices(10)).hasSize(1);

        history.setStatus(first.subject(), RunStatus.QUEUED, null);
        history.setStatus(
                first.subject(), RunStatus.FAILED, new ControlRoomException(ErrorCode.INTERNAL, "failed again"));
        assertThat(notifications.notices(10))
                .extracting(Notice::reason)
                .containsExactly("no such folder", "failed again");
    }

    @Test
    void runsThatAreLostOrCutOffAreNotices() {
        JdbcRunOwners owners = new JdbcRunOwners(test.database);
        running("load-data");
        owners.failOwn("here", now);
        running("train-model");
        now = START.plusSeconds(90);
        owners.failLost("there", now.minusSeconds(60), now);

        assertThat(notifications.notices(10)).extracting(Notice::detail).containsExactly("b", "b");
        assertThat(notifications.notices(10))
                .extracting(Notice::reason)
                .satisfiesExactly(
                        own -> assertThat(own).contains("the server ended"),
                        lost -> assertThat(lost).contains("not heard of any more"));
    }

    @Test
    void aVersionThatGoesIntoProductionIsANoticeAndTheSameVersionAgainIsNone() {
        JdbcDeployments deployments = new JdbcDeployments(test.database);
        deployments.began(of("m", "1"), now, Deployment.PROMOTED, "train-model run-00000001", "better");
        deployments.began(of("m", "1"), now, Deployment.PROMOTED, "api", "once more");
        deployments.began(of("m", "2"), now, Deployment.PROMOTED, "anna", "I say so");
        deployments.began(of("m", "1"), now, Deployment.ROLLED_BACK, "api", "wrong on books");

        assertThat(notifications.notices(10))
                .extracting(Notice::kind, Notice::subject, Notice::detail, Notice::actor, Notice::reason)
                .containsExactly(
                        tuple(Notice.Kind.PROMOTED, "1", null, "train-model run-00000001", "better"),
                        tuple(Notice.Kind.PROMOTED, "2", "1", "anna", "I say so"),
                        tuple(Notice.Kind.ROLLED_BACK, "1", "2", "api", "wrong on books"));
    }

    @Test
    void aNoticeBecomesOneMessageForEachChannelHoweverManyNodesFindIt() throws Exception {
        Notice notice = failed("load-data");
        Callable<Boolean> node =
                () -> new JdbcNotifications(test.database).address(notice, MESSAGE, List.of("webhook", "email"), now);
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        int made = 0;
        try {
            for (Future<Boolean> each : nodes.invokeAll(List.of(node, node, node, node))) {
                made += each.get() ? 1 : 0;
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(made).isEqualTo(1);
        assertThat(notifications.notices(10)).isEmpty();
        assertThat(notifications.notifications(PageRequest.first(10)).items())
                .extracting(Notification::channel)
                .containsExactlyInAnyOrder("webhook", "email");
    }

    @Test
    void aMessageIsTakenByOneNodeAndKeptUntilItIsDelivered() {
        notifications.address(failed("load-data"), MESSAGE, List.of("webhook", "email"), now);
        Outbox<Message> outbox = notifications.outbox("webhook");
        List<Outbox.Item<Message>> due = outbox.due(now, 10);
        assertThat(due).hasSize(1);
        assertThat(due.get(0).content()).isEqualTo(MESSAGE);
        assertThat(due.get(0).attempts()).isZero();

        assertThat(outbox.take(due.get(0), now.plusSeconds(30))).isTrue();
        assertThat(notifications.outbox("webhook").take(due.get(0), now.plusSeconds(30)))
                .isFalse();
        assertThat(outbox.due(now, 10)).isEmpty();

        // Whoever took it died: it comes again.
        assertThat(outbox.due(now.plusSeconds(30), 10))
                .extracting(Outbox.Item::attempts)
                .containsExactly(1);
        outbox.failed(due.get(0).id(), "answered 503", now.plusSeconds(100));
        Notification waiting =
                notifications.newest("webhook", Notification.Status.OPEN).orElseThrow();
        assertThat(waiting.problem()).isEqualTo("answered 503");
        assertThat(waiting.nextAttemptAt()).isEqualTo(now.plusSeconds(100));
        assertThat(waiting.endedAt()).isNull();

        outbox.delivered(due.get(0).id(), now.plusSeconds(101));
        Notification delivered =
                notifications.newest("webhook", Notification.Status.DELIVERED).orElseThrow();
        assertThat(delivered.endedAt()).isEqualTo(now.plusSeconds(101));
        assertThat(delivered.nextAttemptAt()).isNull();
        assertThat(delivered.problem()).isEmpty();
        assertThat(outbox.due(now.plus(Duration.ofDays(1)), 10)).isEmpty();
        assertThat(notifications.outbox("email").due(now, 10)).hasSize(1);
    }

    @Test
    void messagesAreListedNewestFirstInPagesAndByChannelStatusAndKind() {
        for (int i = 0; i < 5; i++) {
            notifications.record(
                    i % 2 == 0 ? "webhook" : "email", MESSAGE, i == 3 ? "refused" : "", now.plusSeconds(i));
        }
        List<Notification> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<Notification> page = notifications.notifications(new PageRequest(new TreeMap<>(), null, cursor, 2));
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        assertThat(all).extracting(Notification::createdAt).hasSize(5).isSortedAccordingTo((a, b) -> b.compareTo(a));

        assertThat(list("channel", "webhook")).hasSize(3);
        assertThat(list("status", "given_up")).extracting(Notification::problem).containsExactly("refused");
        assertThat(list("kind", "run_failed")).hasSize(5);
        assertThat(list("kind", "promoted")).isEmpty();
        assertThatThrownBy(() -> list("colour", "red")).isInstanceOf(ControlRoomException.class);
    }

    private List<Notification> list(String filter, String value) {
        return notifications
                .notifications(new PageRequest(new TreeMap<>(Map.of(filter, value)), null, null, 10))
                .items();
    }

    @Test
    void aNoticeThatNobodyWantsIsGoneWithoutAMessage() {
        assertThat(notifications.address(failed("load-data"), MESSAGE, List.of(), now))
                .isTrue();
        assertThat(notifications.notices(10)).isEmpty();
        assertThat(notifications.notifications(PageRequest.first(10)).items()).isEmpty();
    }
}

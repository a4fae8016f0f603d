package org.controlroom.core.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.controlroom.core.model.Message;
import org.controlroom.core.model.Notice;
import org.junit.jupiter.api.Test;

class NoticeTextsTest {

    private static final Instant AT = Instant.parse("2026-11-24T08:00:00Z");
    private final NoticeTexts texts = new NoticeTexts("https://control.example.org");

    @Test
    void aFailedRunTellsPipelineRunStepReasonAndWhoAskedForIt() {
        Message message = texts.message(
                new Notice(
                        1,
                        Notice.Kind.RUN_FAILED,
                        "load-data",
                        "run-00000007",
                        "load",
                        "folder '/x' does not exist",
                        "schedule weekly",
                        AT),
                Map.of());
        assertThat(message.title()).isEqualTo("Pipeline load-data: run-00000007 failed at load");
        assertThat(message.lines())
                .containsExactly(
                        "Step: load",
                        "Reason: folder '/x' does not exist",
                        "Asked for by: schedule weekly",
                        "Failed at: 2026-11-24T08:00:00Z");
        assertThat(message.link())
                .isEqualTo("https://control.example.org/ui/pipelines-run?id=run-00000007&pipeline=load-data");
    }

    @Test
    void aRunThatFailedBetweenItsStepsNamesNone() {
        Message message = texts.message(
                new Notice(1, Notice.Kind.RUN_FAILED, "weekly", "run-00000007", null, "x", "api", AT), Map.of());
        assertThat(message.title()).isEqualTo("Pipeline weekly: run-00000007 failed");
        assertThat(message.lines()).noneMatch(line -> line.startsWith("Step"));
    }

    @Test
    void aPromotionTellsVersionFiguresReasonAndWhoDecided() {
        Message message = texts.message(
                new Notice(
                        1,
                        Notice.Kind.PROMOTED,
                        "rakuten_classifier",
                        "3",
                        "2",
                        "better",
                        "train-model run-00000009",
                        AT),
                Map.of("f1_weighted", 0.87254, "accuracy", 0.9, "log_loss", 0.4));
        assertThat(message.title()).isEqualTo("Model rakuten_classifier: version 3 is in production");
        assertThat(message.lines())
                .containsExactly(
                        "On the rows held out: weighted F1 0.8725, accuracy 0.9000",
                        "Replaced version: 2",
                        "Reason: better",
                        "By: train-model run-00000009",
                        "In production since: 2026-11-24T08:00:00Z");
        assertThat(message.link()).endsWith("/ui/registry-version?name=rakuten_classifier&version=3");
    }

    @Test
    void aRollbackIsCalledOneAndTheFirstVersionReplacedNone() {
        Notice notice = new Notice(1, Notice.Kind.ROLLED_BACK, "m", "1", null, "wrong on books", "api", AT);
        Message message = texts.message(notice, Map.of());
        assertThat(message.title()).contains("rolled back");
        assertThat(message.lines()).contains("No version was in production before.");
    }

    @Test
    void withoutAnAddressOfThisServerThereIsNoLink() {
        assertThat(new NoticeTexts(null).test().link()).isNull();
    }

    @Test
    void noTextOfSomebodyElseBeginsALineOrAHeaderOfItsOwn() {
        Message message = texts.message(
                new Notice(
                        1,
                        Notice.Kind.RUN_FAILED,
                        "load\r\nBcc: everybody@example.org",
                        "r",
                        null,
                        "a\nReason: b\u2028c\0",
                        "api",
                        AT),
                Map.of());
        assertThat(message.title()).isEqualTo("Pipeline load  Bcc: everybody@example.org: r failed");
        assertThat(message.lines().get(0)).isEqualTo("Reason: a Reason: b c");
    }

    @Test
    void aTextThatIsTooLongIsCutBetweenCharacters() {
        String many = "😀".repeat(5_000);
        Message message =
                texts.message(new Notice(1, Notice.Kind.RUN_FAILED, many, "r", null, many, "api", AT), Map.of());
        assertThat(message.title().codePoints()).hasSize(200).contains("😀".codePointAt(0));
        assertThat(message.lines().get(0).codePoints()).hasSize(1_000);
    }
}

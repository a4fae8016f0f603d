package org.controlroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.core.model.PromotionDecision.Check;
import org.controlroom.core.model.PromotionDecision.ClassPair;
import org.controlroom.core.model.PromotionDecision.MetricPair;
import org.controlroom.core.model.PromotionDecision.Outcome;
import org.controlroom.core.model.PromotionRules;
import org.controlroom.core.model.TestRows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcPromotionDecisionsTest {

    private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    private TestDatabase test;
    private JdbcPromotionDecisions decisions;

    @BeforeEach
    void open() {
        test = database(folder);
        decisions = new JdbcPromotionDecisions(test.database);
    }

    TestDatabase database(Path empty) {
        return new TestDatabase(empty);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private static PromotionDecision decision(String version, Outcome outcome) {
        return new PromotionDecision(
                null,
                "m",
                version,
                "1",
                AT,
                "train-model run-00000002",
                outcome,
                "because",
                new PromotionRules("f1_macro", 0.7, 0.01, 0.1),
                new TestRows(version, 36, 3, "ab12", false),
                List.of(new Check("threshold", true, "reaches"), new Check("margin", false, "is not better")),
                List.of(new MetricPair("accuracy", 0.9, 0.8), new MetricPair("f1_macro", 0.1 + 0.2, null)),
                List.of(new ClassPair(10, 12, 0.5, 0.75, 0.2, true), new ClassPair(2_905, 24, 1, null, 0.2, false)));
    }

    @Test
    void everythingIsReadAsItWasKept() {
        PromotionDecision kept = decisions.keep(decision("2", Outcome.REFUSED));
        assertThat(kept.id()).isNotNull();
        assertThat(decisions.decision(kept.id())).isEqualTo(kept);
    }

    @Test
    void aFirstVersionWasComparedWithNone() {
        PromotionDecision first = decision("1", Outcome.PROMOTED);
        PromotionDecision kept = decisions.keep(new PromotionDecision(
                null,
                first.model(),
                first.version(),
                null,
                first.decidedAt(),
                first.actor(),
                first.outcome(),
                "x".repeat(5_000),
                first.rules(),
                first.rows(),
                List.of(),
                List.of(),
                List.of()));
        PromotionDecision read = decisions.decision(kept.id());
        assertThat(read.liveVersion()).isNull();
        assertThat(read.reason()).hasSize(4_000).endsWith("…");
    }

    @Test
    void theListHasTheNewestFirstWithoutTheFiguresOfTheClasses() {
        decisions.keep(decision("2", Outcome.REFUSED));
        decisions.keep(decision("3", Outcome.PROMOTED));
        decisions.keep(decision("4", Outcome.HELD));

        Page<PromotionDecision> first = decisions.decisions(PageRequest.first(2));
        assertThat(first.items()).extracting(PromotionDecision::version).containsExactly("4", "3");
        assertThat(first.items()).allSatisfy(listed -> {
            PromotionDecision whole = decisions.decision(Objects.requireNonNull(listed.id()));
            assertThat(listed.checks()).isNotEmpty().isEqualTo(whole.checks());
            assertThat(listed.metrics()).isNotEmpty().isEqualTo(whole.metrics());
        });
        assertThat(first.items().get(0).classes()).isEmpty();
        assertThat(first.items().get(0).rules().metric()).isEqualTo("f1_macro");
        Page<PromotionDecision> rest = decisions.decisions(new PageRequest(new TreeMap<>(), null, first.next(), 2));
        assertThat(rest.items()).extracting(PromotionDecision::version).containsExactly("2");
        assertThat(found(Map.of("outcome", "held"))).containsExactly("4");
        assertThat(found(Map.of("model", "m", "version", "3"))).containsExactly("3");
        assertThat(found(Map.of("model", "n"))).isEmpty();
    }

    private List<String> found(Map<String, String> filters) {
        return decisions.decisions(new PageRequest(new TreeMap<>(filters), null, null, 10)).items().stream()
                .map(PromotionDecision::version)
                .toList();
    }

    @Test
    void anUnknownDecisionIsNotFound() {
        assertThatThrownBy(() -> decisions.decision(7)).hasMessageContaining("no decision has the id 7");
    }
}

package org.controlroom.core.promote;

import java.time.InstantSource;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.core.model.PromotionDecision.Outcome;
import org.controlroom.core.model.PromotionRules;
import org.controlroom.core.model.TestRows;
import org.controlroom.core.port.PromotionDecisions;
import org.controlroom.core.port.Telemetry;

/**
 * Lets the policy decide about a version, keeps the decision, and carries it out: into production, to staging when
 * somebody wants to decide himself, or marked as challenger when it is refused though good enough to be looked at.
 * Thread-safe.
 */
public final class DecidePromotion {

    private final PromotionPolicy policy;
    private final PromotionDecisions decisions;
    private final PromoteModel promotion;
    private final Telemetry telemetry;
    private final InstantSource clock;

    public DecidePromotion(
            PromotionPolicy policy,
            PromotionDecisions decisions,
            PromoteModel promotion,
            Telemetry telemetry,
            InstantSource clock) {
        this.policy = policy;
        this.decisions = decisions;
        this.promotion = promotion;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    public PromotionRules rules() {
        return policy.rules();
    }

    /** What is wanted of a decision. */
    public enum Wish {
        /** Do what the policy says. */
        AUTO,
        /** Keep it and its figures, and leave production alone. */
        HOLD
    }

    /**
     * Says what would be done, and does nothing.
     *
     * @param remark added to the reason; empty for none
     */
    public PromotionDecision judge(
            ModelVersion version,
            PromotionPolicy.Figures figures,
            TestRows rows,
            Wish wish,
            String actor,
            String remark) {
        PromotionPolicy.Verdict verdict = policy.judge(figures);
        Outcome outcome = verdict.promote() ? wish == Wish.HOLD ? Outcome.HELD : Outcome.PROMOTED : Outcome.REFUSED;
        PromotionPolicy.Measured live = figures.live();
        return new PromotionDecision(
                null,
                version.name(),
                version.version(),
                live == null ? null : live.version(),
                clock.instant(),
                actor,
                outcome,
                verdict.reason() + remark,
                policy.rules(),
                rows,
                verdict.checks(),
                verdict.metrics(),
                verdict.classes());
    }

    /**
     * Keeps a decision, then does what it says.
     *
     * @return the decision as it was kept
     * @throws org.controlroom.spi.ControlRoomException as {@link PromoteModel#promote}; the decision is kept then all the
     *     same
     */
    public PromotionDecision carryOut(PromotionDecision judged) {
        PromotionDecision kept = decisions.keep(judged);
        telemetry.decided(kept.outcome());
        switch (kept.outcome()) {
            case PROMOTED -> promotion.promote(kept.version(), kept.reason(), kept.actor());
            case HELD -> promotion.hold(kept.version(), kept.reason());
            case REFUSED ->
                promotion.refuse(kept.version(), kept.reason(), PromotionPolicy.isChallenger(kept.checks()));
        }
        return kept;
    }
}

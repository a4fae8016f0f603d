package org.controlroom.core.fake;

import java.util.ArrayList;
import java.util.List;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.core.port.PromotionDecisions;

/** Decisions in memory. */
public final class FakeDecisions implements PromotionDecisions {

    private final List<PromotionDecision> kept = new ArrayList<>();

    /** Oldest first. */
    public List<PromotionDecision> all() {
        return List.copyOf(kept);
    }

    @Override
    public PromotionDecision keep(PromotionDecision decision) {
        PromotionDecision with = decision.kept(kept.size() + 1L);
        kept.add(with);
        return with;
    }

    @Override
    public PromotionDecision decision(long id) {
        return kept.get((int) id - 1);
    }

    @Override
    public Page<PromotionDecision> decisions(PageRequest request) {
        return new Page<>(kept, null);
    }
}

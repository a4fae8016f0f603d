package org.controlroom.core.port;

import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.PromotionDecision;

/**
 * Every decision of the promotion policy. Kept for good. Thread-safe.
 *
 * <p>Every method throws {@link org.controlroom.spi.ControlRoomException} DATABASE_UNAVAILABLE when the database does not
 * answer.
 */
public interface PromotionDecisions {

    /** Keeps a decision with all its figures, in one step. @return the same with its id */
    PromotionDecision keep(PromotionDecision decision);

    /** With all figures. @throws org.controlroom.spi.ControlRoomException NOT_FOUND */
    PromotionDecision decision(long id);

    /** Newest first, without checks, metrics and classes. Filters: {@code model}, {@code version}, {@code outcome}. */
    Page<PromotionDecision> decisions(PageRequest request);
}

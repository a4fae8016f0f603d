package org.controlroom.api.predict;

import java.util.ArrayList;
import java.util.List;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How a single prediction is wanted.
 *
 * @param explain terms each way; 0 when no explanation is asked for
 */
record PredictQuery(AnswerWriter answer, int explain) {

    private static final PredictQuery USUAL = new PredictQuery(AnswerWriter.FIVE_BEST, 0);

    /**
     * Reads a query.
     *
     * @param query null when the request has none
     * @throws ControlRoomException INVALID_INPUT with every parameter that is wrong
     */
    static PredictQuery of(@Nullable String query) {
        if (query == null) {
            return USUAL;
        }
        List<Problem> problems = new ArrayList<>();
        AnswerWriter answer = AnswerWriter.FIVE_BEST;
        int explain = 0;
        try {
            answer = AnswerWriter.of(query);
        } catch (ControlRoomException e) {
            problems.addAll(e.problems());
        }
        try {
            explain = ExplanationWriter.termsEachWay(query);
        } catch (ControlRoomException e) {
            problems.addAll(e.problems());
        }
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "query", problems);
        }
        return new PredictQuery(answer, explain);
    }
}

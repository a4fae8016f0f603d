package org.controlroom.api.predict;

import org.controlroom.api.json.JsonBytes;
import org.controlroom.core.model.ExplainedPrediction;
import org.controlroom.core.model.Prediction;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Writes one prediction as the answer object: class, the likeliest probabilities best first, confidence, id, model.
 *
 * @param top probabilities to write at most, 1 or more
 */
record AnswerWriter(int top) {

    /** Room for an answer with five probabilities. */
    static final int USUAL_BYTES = 448;

    static final AnswerWriter FIVE_BEST = new AnswerWriter(5);

    private static final String TOP = "top";

    /**
     * Reads {@code top} from a query.
     *
     * @param query null when the request has none
     * @throws ControlRoomException INVALID_INPUT
     */
    static AnswerWriter of(@Nullable String query) {
        if (query == null) {
            return FIVE_BEST;
        }
        AnswerWriter answer = FIVE_BEST;
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(TOP + "=")) {
                answer = ofTop(parameter.substring(TOP.length() + 1));
            }
        }
        return answer;
    }

    private static AnswerWriter ofTop(String value) {
        if (value.equals("all")) {
            return new AnswerWriter(Integer.MAX_VALUE);
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 1) {
                return new AnswerWriter(number);
            }
        } catch (NumberFormatException e) {
            // answered below, with the numbers that are too small
        }
        throw new ControlRoomException(
                ErrorCode.INVALID_INPUT,
                "query",
                java.util.List.of(new Problem(TOP, "'" + value + "'; must be a number from 1, or all")));
    }

    void write(Prediction prediction, JsonBytes out) {
        writeFields(prediction, out);
        out.raw('}');
    }

    /** The same object with its reasons in it. */
    void write(ExplainedPrediction explained, JsonBytes out) {
        writeFields(explained.prediction(), out);
        out.raw(",\"explanation\":");
        ExplanationWriter.write(explained.explanation(), out);
        out.raw('}');
    }

    private void writeFields(Prediction prediction, JsonBytes out) {
        out.raw("{\"predicted_class\":").number(prediction.label());
        out.raw(",\"probabilities\":{");
        float[] probabilities = prediction.probabilities();
        int[] best = best(probabilities);
        for (int i = 0; i < best.length; i++) {
            out.raw(i == 0 ? "\"" : ",\"")
                    .number(prediction.labels().code(best[i]))
                    .raw("\":")
                    .number(probabilities[best[i]]);
        }
        out.raw("},\"confidence\":").number(prediction.confidence());
        out.raw(",\"prediction_id\":").string(prediction.id());
        out.raw(",\"model_name\":").string(prediction.modelName());
        out.raw(",\"model_version\":").string(prediction.modelVersion());
    }

    /** Positions of the largest probabilities, largest first; equal ones in label order. */
    int[] best(float[] probabilities) {
        int[] best = new int[Math.min(top, probabilities.length)];
        int found = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (found == best.length && probabilities[i] <= probabilities[best[found - 1]]) {
                continue;
            }
            int at = found < best.length ? found++ : found - 1;
            while (at > 0 && probabilities[i] > probabilities[best[at - 1]]) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = i;
        }
        return best;
    }
}

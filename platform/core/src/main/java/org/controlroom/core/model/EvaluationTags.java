package org.controlroom.core.model;

import java.util.Map;
import org.controlroom.spi.Reason;

/** Tags of a version, and of its run, that was not trained here: what its figures are of, or why it has none. */
public final class EvaluationTags {

    /** The sentence in English. */
    static final String TEXT = "evaluation";

    /** The same for other languages: a JSON object with {@code key} and {@code values}. */
    static final String REASON = "evaluation.reason";

    private EvaluationTags() {}

    public static Map<String, String> of(Reason said) {
        return Map.of(TEXT, said.text(), REASON, KeptReason.write(said));
    }
}

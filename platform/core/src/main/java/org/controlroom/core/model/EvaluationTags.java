package org.controlroom.core.model;

import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.json.Json;
import org.controlroom.spi.Reason;

/** Tags of a version, and of its run, that was not trained here: what its figures are of, or why it has none. */
public final class EvaluationTags {

    /** The sentence in English. */
    static final String TEXT = "evaluation";

    /** The same for other languages: a JSON object with {@code key} and {@code values}. */
    static final String REASON = "evaluation.reason";

    private EvaluationTags() {}

    public static Map<String, String> of(Reason said) {
        Json json = new Json.Obj(new TreeMap<>(Map.of(
                "key",
                Json.of(said.key()),
                "values",
                new Json.Arr(said.values().stream().map(Json::of).toList()))));
        // On one line, because people see it among the other tags; line feeds inside a text are escaped.
        return Map.of(TEXT, said.text(), REASON, json.write().replaceAll("\\n *", ""));
    }
}

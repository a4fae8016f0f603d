package org.controlroom.core.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.json.Json;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** A reason as tags and tables keep it: a JSON object with {@code key} and {@code values}, beside the English sentence. */
public final class KeptReason {

    private KeptReason() {}

    /** On one line, because people see it; line feeds inside a value are escaped. */
    public static String write(Reason reason) {
        Json json = new Json.Obj(new TreeMap<>(Map.of(
                "key",
                Json.of(reason.key()),
                "values",
                new Json.Arr(reason.values().stream().map(Json::of).toList()))));
        return json.write().replaceAll("\\n *", "");
    }

    /** The same where there is one and it has room; null otherwise, and it is said in English only. */
    public static @Nullable String write(@Nullable Reason reason, int maxCharacters) {
        String kept = reason == null ? null : write(reason);
        return kept == null || kept.length() > maxCharacters ? null : kept;
    }

    /**
     * Reads what was written.
     *
     * @param kept null when nothing was
     * @param text the English sentence
     * @return null when nothing was kept, or what was is no reason
     */
    public static @Nullable Reason read(@Nullable String kept, @Nullable String text) {
        if (kept == null || text == null) {
            return null;
        }
        try {
            Json json = Json.parse(kept);
            List<String> values =
                    json.get("values").items().stream().map(Json::text).toList();
            return new Reason(json.get("key").text(), values, text);
        } catch (ControlRoomException e) {
            return null;
        }
    }
}

package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next cursor of the page after this; null when this is the last
 */
public record Listed<T>(List<T> items, @Nullable String next) {

    public Listed {
        items = List.copyOf(items);
    }

    public static <T> Listed<T> of(JsonObject answer, Function<JsonObject, T> read) {
        return new Listed<>(JsonFields.objects(answer, "items", read), JsonFields.textOrNull(answer, "next"));
    }
}

package org.controlroom.ui.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads fields that may be missing or null. */
final class JsonFields {

    private JsonFields() {}

    static String text(JsonObject object, String key) {
        return object.getString(key, "");
    }

    static @Nullable String textOrNull(JsonObject object, String key) {
        return object.get(key) instanceof JsonString text ? text.getString() : null;
    }

    static @Nullable Instant instantOrNull(JsonObject object, String key) {
        return object.get(key) instanceof JsonString text ? Instant.parse(text.getString()) : null;
    }

    static long number(JsonObject object, String key) {
        return object.get(key) instanceof JsonNumber number ? number.longValue() : 0;
    }

    static JsonObject object(JsonObject object, String key) {
        return object.get(key) instanceof JsonObject inner ? inner : JsonValue.EMPTY_JSON_OBJECT;
    }

    static <T> List<T> objects(JsonObject object, String key, Function<JsonObject, T> form) {
        return object.get(key) instanceof JsonArray array
                ? array.getValuesAs(JsonObject.class).stream().map(form).toList()
                : List.of();
    }

    static List<String> texts(JsonObject object, String key) {
        return object.get(key) instanceof JsonArray array
                ? array.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList()
                : List.of();
    }
}

package org.controlroom.ui.training.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads fields of answers; what is missing is empty. */
final class Fields {

    private Fields() {}

    static String text(JsonObject object, String key) {
        return object.get(key) instanceof JsonString text ? text.getString() : "";
    }

    static @Nullable String textOrNull(JsonObject object, String key) {
        return object.get(key) instanceof JsonString text ? text.getString() : null;
    }

    static @Nullable Instant instant(JsonObject object, String key) {
        try {
            String text = textOrNull(object, key);
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    static long integer(JsonObject object, String key) {
        return object.get(key) instanceof JsonNumber number ? number.longValue() : 0;
    }

    static double decimal(JsonObject object, String key) {
        return object.get(key) instanceof JsonNumber number ? number.doubleValue() : 0;
    }

    static JsonObject object(JsonObject object, String key) {
        return object.get(key) instanceof JsonObject inner ? inner : JsonValue.EMPTY_JSON_OBJECT;
    }

    static Map<String, String> texts(JsonObject object, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(object, key).forEach((name, value) -> {
            if (value instanceof JsonString text) {
                texts.put(name, text.getString());
            }
        });
        return texts;
    }

    static Map<String, Double> decimals(JsonObject object, String key) {
        Map<String, Double> decimals = new LinkedHashMap<>();
        object(object, key).forEach((name, value) -> {
            if (value instanceof JsonNumber number) {
                decimals.put(name, number.doubleValue());
            }
        });
        return decimals;
    }

    static List<String> textList(JsonObject object, String key) {
        return array(object, key).stream()
                .filter(JsonString.class::isInstance)
                .map(value -> ((JsonString) value).getString())
                .toList();
    }

    static <T> List<T> list(JsonObject object, String key, Function<JsonObject, T> read) {
        return array(object, key).stream()
                .filter(JsonObject.class::isInstance)
                .map(value -> read.apply((JsonObject) value))
                .toList();
    }

    static JsonArray array(JsonObject object, String key) {
        return object.get(key) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
    }
}

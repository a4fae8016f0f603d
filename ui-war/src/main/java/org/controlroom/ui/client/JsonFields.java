package org.controlroom.ui.client;

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

/**
 * Reads fields of the API's answers. A field that is missing, null or of another kind is empty; an item of a list that is
 * of another kind is no answer of the API and throws a ClassCastException, which {@link ApiConnection} reports.
 */
public final class JsonFields {

    private JsonFields() {}

    public static String text(JsonObject object, String key) {
        return object.getString(key, "");
    }

    public static @Nullable String textOrNull(JsonObject object, String key) {
        return object.get(key) instanceof JsonString text ? text.getString() : null;
    }

    /** Null for a text that is no time, too. */
    public static @Nullable Instant instantOrNull(JsonObject object, String key) {
        try {
            String text = textOrNull(object, key);
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    public static long number(JsonObject object, String key) {
        return object.get(key) instanceof JsonNumber number ? number.longValue() : 0;
    }

    public static @Nullable Long numberOrNull(JsonObject object, String key) {
        return object.get(key) instanceof JsonNumber number ? (Long) number.longValue() : null;
    }

    public static double decimal(JsonObject object, String key) {
        return object.get(key) instanceof JsonNumber number ? number.doubleValue() : 0;
    }

    public static @Nullable Double decimalOrNull(JsonObject object, String key) {
        return object.get(key) instanceof JsonNumber number ? (Double) number.doubleValue() : null;
    }

    public static JsonObject object(JsonObject object, String key) {
        return object.get(key) instanceof JsonObject inner ? inner : JsonValue.EMPTY_JSON_OBJECT;
    }

    public static JsonArray array(JsonObject object, String key) {
        return object.get(key) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
    }

    public static <T> List<T> objects(JsonObject object, String key, Function<JsonObject, T> form) {
        return array(object, key).getValuesAs(JsonObject.class).stream()
                .map(form)
                .toList();
    }

    public static List<String> texts(JsonObject object, String key) {
        return array(object, key).getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    /** The texts of an inner object, in its order. */
    public static Map<String, String> textsByKey(JsonObject object, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(object, key).forEach((name, value) -> {
            if (value instanceof JsonString text) {
                texts.put(name, text.getString());
            }
        });
        return texts;
    }

    /** The numbers of an inner object, in its order. */
    public static Map<String, Double> decimalsByKey(JsonObject object, String key) {
        Map<String, Double> decimals = new LinkedHashMap<>();
        object(object, key).forEach((name, value) -> {
            if (value instanceof JsonNumber number) {
                decimals.put(name, number.doubleValue());
            }
        });
        return decimals;
    }
}

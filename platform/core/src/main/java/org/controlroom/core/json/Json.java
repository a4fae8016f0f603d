package org.controlroom.core.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * A JSON value. {@link #parse} reads one, {@link #write()} writes it; keys are written in ascending order.
 *
 * <p>The accessors throw {@link ControlRoomException} ARTIFACT_INVALID when the value is of another kind, because this
 * package reads files of the platform only.
 */
public sealed interface Json {

    /** @param members by key */
    record Obj(SortedMap<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        }
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Text(String value) implements Json {}

    /** @param literal as JSON writes it, so that no digit is lost between reading and writing */
    record Num(String literal) implements Json {}

    record Bool(boolean value) implements Json {}

    /** The value {@code null}. */
    record Null() implements Json {}

    /**
     * Reads one value and nothing after it, strictly as RFC 8259 has it; duplicate keys are refused.
     *
     * @throws ControlRoomException MALFORMED_BODY with line and column
     */
    static Json parse(String text) {
        return new JsonReader(text).readDocument();
    }

    static Json of(String value) {
        return new Text(value);
    }

    static Json of(long value) {
        return new Num(Long.toString(value));
    }

    /** @param value finite */
    static Json of(double value) {
        return new Num(ShortestDecimal.of(value));
    }

    /** @param value finite */
    static Json of(float value) {
        return new Num(ShortestDecimal.of(value));
    }

    static Json of(float[] values) {
        List<Json> items = new ArrayList<>(values.length);
        for (float value : values) {
            items.add(of(value));
        }
        return new Arr(items);
    }

    static Json of(int[] values) {
        List<Json> items = new ArrayList<>(values.length);
        for (int value : values) {
            items.add(of(value));
        }
        return new Arr(items);
    }

    static Json ofTexts(Map<String, String> texts) {
        SortedMap<String, Json> members = new TreeMap<>();
        texts.forEach((key, value) -> members.put(key, of(value)));
        return new Obj(members);
    }

    static Json ofNumbers(Map<String, Double> numbers) {
        SortedMap<String, Json> members = new TreeMap<>();
        numbers.forEach((key, value) -> members.put(key, of(value)));
        return new Obj(members);
    }

    /** The member with this key. */
    default Json get(String key) {
        Json value = members().get(key);
        if (value == null) {
            throw new ControlRoomException(
                    ErrorCode.ARTIFACT_INVALID,
                    "'" + key + "' is missing; there are " + members().keySet());
        }
        return value;
    }

    default SortedMap<String, Json> members() {
        if (this instanceof Obj object) {
            return object.members;
        }
        throw wrongKind("an object");
    }

    default List<Json> items() {
        if (this instanceof Arr array) {
            return array.items;
        }
        throw wrongKind("an array");
    }

    default String text() {
        if (this instanceof Text text) {
            return text.value;
        }
        throw wrongKind("a text");
    }

    default long integer() {
        if (this instanceof Num number) {
            try {
                return Long.parseLong(number.literal);
            } catch (NumberFormatException e) {
                throw wrongKind("a whole number");
            }
        }
        throw wrongKind("a whole number");
    }

    default double decimal() {
        if (this instanceof Num number) {
            return Double.parseDouble(number.literal);
        }
        throw wrongKind("a number");
    }

    default float[] floats() {
        List<Json> items = items();
        float[] values = new float[items.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(items.get(i) instanceof Num number)) {
                throw items.get(i).wrongKind("a number");
            }
            values[i] = Float.parseFloat(number.literal);
        }
        return values;
    }

    default int[] integers() {
        return items().stream()
                .mapToInt(item -> Math.toIntExact(item.integer()))
                .toArray();
    }

    default SortedMap<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>();
        members().forEach((key, value) -> texts.put(key, value.text()));
        return texts;
    }

    default SortedMap<String, Double> numbers() {
        SortedMap<String, Double> numbers = new TreeMap<>();
        members().forEach((key, value) -> numbers.put(key, value.decimal()));
        return numbers;
    }

    private ControlRoomException wrongKind(String wanted) {
        String shown = toString();
        return new ControlRoomException(
                ErrorCode.ARTIFACT_INVALID,
                shown.substring(0, Math.min(80, shown.length())) + " where " + wanted + " must be");
    }

    /** The value as text with two spaces of indentation and a line feed at the end; arrays of numbers in one line. */
    default String write() {
        return JsonWriter.write(this);
    }
}

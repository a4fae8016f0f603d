package org.controlroom.core.json;

import java.util.Iterator;
import java.util.Map;

/** Writes values in one way only: keys ascending, two spaces, line feeds, nothing beyond ASCII control escaped. */
final class JsonWriter {

    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    static String write(Json value) {
        JsonWriter writer = new JsonWriter();
        writer.append(value, "\n");
        return writer.out.append('\n').toString();
    }

    private void append(Json value, String lineBreak) {
        if (value instanceof Json.Obj object) {
            appendObject(object, lineBreak);
        } else if (value instanceof Json.Arr array) {
            appendArray(array, lineBreak);
        } else if (value instanceof Json.Text text) {
            appendText(text.value());
        } else if (value instanceof Json.Num number) {
            out.append(number.literal());
        } else if (value instanceof Json.Bool bool) {
            out.append(bool.value());
        } else {
            out.append("null");
        }
    }

    private void appendObject(Json.Obj object, String lineBreak) {
        String inner = lineBreak + "  ";
        out.append('{');
        for (Iterator<Map.Entry<String, Json>> i = object.members().entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<String, Json> member = i.next();
            out.append(inner);
            appendText(member.getKey());
            out.append(": ");
            append(member.getValue(), inner);
            out.append(i.hasNext() ? "," : lineBreak);
        }
        out.append('}');
    }

    private void appendArray(Json.Arr array, String lineBreak) {
        boolean inline = array.items().stream().noneMatch(i -> i instanceof Json.Obj || i instanceof Json.Arr);
        String inner = inline ? "" : lineBreak + "  ";
        out.append('[');
        for (Iterator<Json> i = array.items().iterator(); i.hasNext(); ) {
            out.append(inner);
            append(i.next(), inner);
            out.append(i.hasNext() ? (inline ? ", " : ",") : inline ? "" : lineBreak);
        }
        out.append(']');
    }

    private void appendText(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    // A surrogate is escaped, because an unpaired one would not survive UTF-8.
                    if (c < ' ' || Character.isSurrogate(c)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}

package org.controlroom.core.json;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Recursive descent over the grammar of RFC 8259. */
final class JsonReader {

    private static final int MAX_DEPTH = 64;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    Json readDocument() {
        Json value = readValue();
        skipSpace();
        if (at < text.length()) {
            throw fail("text after the end of the value");
        }
        return value;
    }

    private Json readValue() {
        skipSpace();
        return switch (peek()) {
            case '{' -> readObject();
            case '[' -> readArray();
            case '"' -> new Json.Text(readText());
            case 't' -> readWord("true", new Json.Bool(true));
            case 'f' -> readWord("false", new Json.Bool(false));
            case 'n' -> readWord("null", new Json.Null());
            default -> readNumber();
        };
    }

    private Json readObject() {
        descend();
        SortedMap<String, Json> members = new TreeMap<>();
        if (!isEnd('}')) {
            do {
                skipSpace();
                String key = readText();
                expect(':');
                if (members.put(key, readValue()) != null) {
                    throw fail("key '" + key + "' occurs twice");
                }
            } while (isNext(','));
            expect('}');
        }
        depth--;
        return new Json.Obj(members);
    }

    private Json readArray() {
        descend();
        List<Json> items = new ArrayList<>();
        if (!isEnd(']')) {
            do {
                items.add(readValue());
            } while (isNext(','));
            expect(']');
        }
        depth--;
        return new Json.Arr(items);
    }

    private void descend() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw fail("nested deeper than " + MAX_DEPTH);
        }
    }

    private boolean isEnd(char end) {
        skipSpace();
        if (peek() == end) {
            at++;
            return true;
        }
        return false;
    }

    private boolean isNext(char wanted) {
        skipSpace();
        if (peek() == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private String readText() {
        if (peek() != '"') {
            throw fail("'\"' expected");
        }
        at++;
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return out.toString();
            } else if (c == '\\') {
                out.append(readEscape());
            } else if (c < ' ') {
                at--;
                throw fail("control character in a text");
            } else {
                out.append(c);
            }
        }
    }

    private char readEscape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    char c4 = peek();
                    int digit = c4 < 128 ? Character.digit(c4, 16) : -1;
                    if (digit < 0) {
                        throw fail("four hex digits expected");
                    }
                    code = code * 16 + digit;
                    at++;
                }
                yield (char) code;
            }
            default -> {
                at--;
                throw fail("unknown escape");
            }
        };
    }

    private Json readNumber() {
        int start = at;
        skipOne('-');
        if (!skipOne('0')) {
            skipDigits();
        }
        if (skipOne('.')) {
            skipDigits();
        }
        if (skipOne('e') || skipOne('E')) {
            if (!skipOne('+')) {
                skipOne('-');
            }
            skipDigits();
        }
        return new Json.Num(text.substring(start, at));
    }

    private boolean skipOne(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipDigits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (start == at) {
            throw fail("a value expected");
        }
    }

    private Json readWord(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw fail("a value expected");
        }
        at += word.length();
        return value;
    }

    private void expect(char wanted) {
        skipSpace();
        if (peek() != wanted) {
            throw fail("'" + wanted + "' expected");
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw fail("unexpected end");
        }
        return text.charAt(at);
    }

    private ControlRoomException fail(String what) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < Math.min(at, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new ControlRoomException(
                ErrorCode.MALFORMED_BODY, "JSON: " + what + " at line " + line + ", column " + (at - lineStart + 1));
    }
}

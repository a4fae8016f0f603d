package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void allKindsOfValuesAreRead() {
        assertThat(Json.parse(" {\"a\": [1, -2.5e3, true, false], \"b\": {}, \"c\": [], \"d\": \"x\"} "))
                .isEqualTo(Map.of("a", List.of(1.0, -2500.0, true, false), "b", Map.of(), "c", List.of(), "d", "x"));
        assertThat(Json.parse("null")).isNull();
    }

    @Test
    void escapesAreRead() {
        assertThat(Json.parse("\"\\\"\\\\\\/\\n\\t\\r\\b\\f\\u00e9\\ud83d\\ude00\""))
                .isEqualTo("\"\\/\n\t\r\b\fé😀");
    }

    @Test
    void whatIsQuotedIsReadBackAsItWas() {
        String text = "a \"quoted\" \\ path\nwith é, 😀 and \u0001";

        assertThat(Json.parse(Json.quoted(text))).isEqualTo(text);
    }

    @Test
    void aPathThatIsNotThereIsNullOrEmpty() {
        Object json = Json.parse("{\"a\":{\"b\":3,\"c\":null}}");

        assertThat(Json.numberAt(json, "a", "b")).isEqualTo(3);
        assertThat(Json.at(json, "a", "x", "y")).isNull();
        assertThat(Json.textAt(json, "a", "c")).isEmpty();
        assertThat(Json.listAt(json, "a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "{\"a\" 1}", "tru", "1 2", "\"open", "\"\\u12", "{1:2}", "-", "\"\\"})
    void whatIsNotJsonIsRefusedWithThePosition(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at character");
    }
}

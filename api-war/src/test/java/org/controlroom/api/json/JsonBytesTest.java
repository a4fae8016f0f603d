package org.controlroom.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\"quoted\" \\ back", "a\n\r\t\u0000\u001f", "é à 漢", "📚 emoji", "שלום"})
    void anyTextReadsBackAsItWas(String text) throws IOException {
        byte[] json = new JsonBytes(1).string(text).toByteArray();
        assertThat(JsonMapper.builder().build().readValue(json, String.class)).isEqualTo(text);
    }

    @Test
    void aLoneSurrogateIsEscaped() {
        assertThat(text(new JsonBytes(1).string("a\ud800b"))).isEqualTo("\"a\\ud800b\"");
        assertThat(text(new JsonBytes(1).string("\udc00"))).isEqualTo("\"\\udc00\"");
    }

    @Test
    void floatsAreTheShortestThatReadBack() {
        // 2.0E-3 where Float.toString of JDK 17 gives 0.0020 for some neighbours: the text must not depend on the JVM.
        assertThat(text(new JsonBytes(1).number(0.1f))).isEqualTo("0.1");
        assertThat(text(new JsonBytes(1).number(1f))).isEqualTo("1.0");
        assertThat(text(new JsonBytes(1).number(2.0E-10f))).isEqualTo("2.0E-10");
        assertThat(text(new JsonBytes(1).number(1.0E10f))).isEqualTo("1.0E10");
    }

    @Test
    void aCsvFieldIsQuotedOnlyWhereItMustBe() {
        assertThat(text(new JsonBytes(1).csv("plain é"))).isEqualTo("plain é");
        assertThat(text(new JsonBytes(1).csv("a,\"b\"\nc"))).isEqualTo("\"a,\"\"b\"\"\nc\"");
    }

    private static String text(JsonBytes bytes) {
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }
}

package org.controlroom.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void whatIsWrittenReadsBackAndHasOneForm() {
        Json read = Json.parse(
                "{\"b\":[1,2.50,-3e-7],\"a\":{\"t\":\"\\u00e9\\n\\\"\\ud83d\\ude00\"},\"c\":[],\"d\":{},\"e\":null,\"f\":true}");
        String written = read.write();
        assertThat(Json.parse(written)).isEqualTo(read);
        assertThat(written).isEqualTo("""
                        {
                          "a": {
                            "t": "\u00e9\\n\\"\\ud83d\\ude00"
                          },
                          "b": [1, 2.50, -3e-7],
                          "c": [],
                          "d": {},
                          "e": null,
                          "f": true
                        }
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "nul",
                "[1] 2",
                "{a:1}",
                "'a'",
                "NaN",
                "\"abc",
                "-",
                "[1 2]"
            })
    void whatIsNotJsonIsRefusedWithItsPosition(String text) {
        assertThatThrownBy(() -> Json.parse(text)).hasMessageMatching("JSON: .* at line \\d+, column \\d+");
    }

    @Test
    void deepNestingIsRefusedBeforeTheStackEnds() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).hasMessageContaining("nested deeper than 64");
    }

    @Test
    void everyNumberReadsBackAsTheSameBits() {
        Random random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            float single = Float.intBitsToFloat(random.nextInt());
            double twice = Double.longBitsToDouble(random.nextLong());
            if (Float.isFinite(single)) {
                assertThat(Float.parseFloat(((Json.Num) Json.of(single)).literal()))
                        .isEqualTo(single);
            }
            if (Double.isFinite(twice)) {
                assertThat(Double.parseDouble(((Json.Num) Json.of(twice)).literal()))
                        .isEqualTo(twice);
            }
        }
    }

    @Test
    void numbersAreAsShortAsTheyCanBe() {
        assertThat(Json.of(0.1f)).isEqualTo(new Json.Num("0.1"));
        assertThat(Json.of(2.0E-3)).isEqualTo(new Json.Num("0.002"));
        // Double.toString gave 2.0000000000000002E-19 here before JDK 19.
        assertThat(Json.of(2e-19)).isEqualTo(new Json.Num("2E-19"));
        assertThat(Json.of(2.2250738585072014E-308)).isEqualTo(new Json.Num("2.2250738585072014E-308"));
        assertThat(Json.of(1e3)).isEqualTo(new Json.Num("1000"));
        assertThatThrownBy(() -> Json.of(Double.NaN)).hasMessageContaining("must be finite");
    }

    @Test
    void aWrongKindIsNamed() {
        assertThatThrownBy(() -> Json.parse("{\"a\":1}").get("b")).hasMessageContaining("'b' is missing");
        assertThatThrownBy(() -> Json.parse("{\"a\":1}").get("a").text()).hasMessageContaining("where a text must be");
        assertThatThrownBy(() -> Json.parse("[1.5]").integers()).hasMessageContaining("where a whole number must be");
    }
}

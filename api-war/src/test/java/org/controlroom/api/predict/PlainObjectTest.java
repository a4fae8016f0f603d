package org.controlroom.api.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.controlroom.core.predict.ProductLimits;
import org.controlroom.spi.ControlRoomException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainObjectTest {

    private final ProductReader reader = new ProductReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"designation\":\"Livre\",\"description\":\"beau\"}",
                " {\n\t\"description\" : \"\" ,\r\n \"designation\":\"x\" } ",
                "{\"designation\":\"\"}",
                "{\"designation\":\"caf\u00e9 \u20ac \u05d0\u007f\"}",
                "{\"designation\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20AC\\ud83d\\udcda\\u0000\"}",
                "{\"designation\":\"\\ud800\"}",
                "{\"designation\":\"\ud83d\udcda\"}",
                "{\"designation\":\"12345678\u00e912345678\u20ac\",\"description\":\"1234567\\n12345678\"}"
            })
    void whatIsUsualIsReadAsTheGeneralParserReadsIt(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        assertThat(new PlainObject(body, body.length).read()).isTrue();
        assertSame(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"designation\":\"a\"",
                "{\"designation\":\"a",
                "{\"designation\":\"a\\",
                "{\"designation\":\"a\\u12",
                "{\"designation\":\"a\\u12x4\"}",
                "{\"designation\":\"a\\x\"}",
                "{\"designation\":\"a\nb\"}",
                "{\"designation\":\"\u00e9\nb\"}",
                "{\"designation\":\"a\"} {}",
                "{\"designation\":\"a\",}",
                "{\"designation\":\"a\",\"designation\":\"b\"}",
                "{\"description\":\"a\",\"description\":\"b\"}",
                "{\"designation\":\"a\",\"description\":null}",
                "{\"designation\":\"a\",\"imageid\":1}",
                "{\"designation\":1}",
                "{\"designatio\\u006e\":\"a\"}",
                "{\"designation\":\"\\\"\ud83d\udcda\"}",
                "{\"designation\":\"\ufffd\"}",
                "[\"designation\"]"
            })
    void whatIsUnusualIsLeftToTheGeneralParser(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        assertThat(new PlainObject(body, body.length).read()).isFalse();
    }

    @Test
    void damagedBodiesAreReadAsTheGeneralParserReadsThemOrLeftToIt() {
        String pieces = "{}[]:,\"\\/bfnrtu0dDeE9 \n\t\u0000\u00e9\u20ac\u05d0\ud83d\udcdaax";
        List<String> wholes = List.of(
                " {\"designation\":\"a \u00e9\\n\\u20ac\", \"description\":\"\u05d0 \\\"b\\\" \u20ac\"}",
                " {\"designation\":\"plain text \u00e9 \u20ac\", \"description\":\"\u05d0 \ud83d\udcda\"}");
        Random random = new Random(11);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] body = wholes.get(i % 2).getBytes(StandardCharsets.UTF_8);
            for (int n = random.nextInt(4); n >= 0; n--) {
                int at = random.nextInt(body.length);
                int kind = random.nextInt(4);
                if (kind == 0) {
                    body[at] = (byte) random.nextInt(256);
                } else if (kind == 1) {
                    body[at] = (byte) pieces.charAt(random.nextInt(pieces.length()));
                } else if (kind == 2) {
                    System.arraycopy(body, at, body, Math.max(0, at - 1), body.length - at);
                } else {
                    body[at] = body[random.nextInt(body.length)];
                }
            }
            if (new PlainObject(body, body.length).read()) {
                read++;
                assertSame(body);
            }
        }
        assertThat(read).isBetween(2_000, 190_000);
    }

    @Test
    void onlyTheFirstBytesCount() {
        byte[] body = "{\"designation\":\"a\"}{\"x\"".getBytes(StandardCharsets.UTF_8);
        PlainObject plain = new PlainObject(body, body.length - 4);
        assertThat(plain.read()).isTrue();
        for (int length = 0; length < body.length - 4; length++) {
            assertThat(new PlainObject(body, length).read()).isFalse();
        }
    }

    private void assertSame(byte[] body) {
        assertThat(outcome(body, true)).describedAs(() -> Arrays.toString(body)).isEqualTo(outcome(body, false));
    }

    private String outcome(byte[] body, boolean plain) {
        try {
            if (!plain) {
                return reader.parse(body, body.length, 1).toString();
            }
            PlainObject object = new PlainObject(body, body.length);
            assertThat(object.read()).isTrue();
            return ProductLimits.product(object.designation, object.description).toString();
        } catch (ControlRoomException e) {
            return e.code() + " " + e.problems() + " " + e.getMessage();
        }
    }
}

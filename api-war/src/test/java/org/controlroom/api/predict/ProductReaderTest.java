package org.controlroom.api.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductReaderTest {

    private final ProductReader reader = new ProductReader();

    @Test
    void aCompleteProductIsRead() {
        assertThat(read("{\"designation\":\"Livre\",\"description\":\"<b>beau</b>\",\"imageid\":123}"))
                .isEqualTo(new Product("Livre", "<b>beau</b>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"designation\":\"x\"}",
                "{\"designation\":\"x\",\"description\":null,\"imageid\":null}",
                " {\"other\":{\"a\":[1,{}]},\"designation\":\"x\"} \n"
            })
    void missingNullAndUnknownFieldsAreNoMistake(String json) {
        assertThat(read(json)).isEqualTo(new Product("x", ""));
    }

    @Test
    void emojiAndRightToLeftTextAndControlCharactersStayAsTheyAre() {
        assertThat(read("{\"designation\":\"📚 \\u05d0\\ud83d\\udcda\\u0007\"}").designation())
                .isEqualTo("📚 א📚\u0007");
    }

    @Test
    void allWrongFieldsAreNamedAtOnce() {
        ControlRoomException e = failure("{\"description\":[1,[2]],\"imageid\":\"7\",\"designation\":5}");
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(e.problems())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder("designation", "description", "imageid");
    }

    @Test
    void limitsAndWrongTypesAreReportedTogether() {
        ControlRoomException e = failure("{\"imageid\":1.5,\"designation\":\"" + "a".repeat(1001) + "\"}");
        assertThat(e.problems()).extracting(Problem::field).containsExactlyInAnyOrder("imageid", "designation");
    }

    @Test
    void aMissingDesignationIsNamed() {
        assertThat(failure("{}").problems()).extracting(Problem::field).containsExactly("designation");
    }

    @Test
    void aLoneSurrogateIsRefusedWithItsPlace() {
        ControlRoomException e = failure("{\"designation\":\"ab\\ud800\"}");
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(e.problems().get(0).message()).contains("U+D800").contains("position 2");
    }

    @Test
    void anImageIdBeyond64BitsIsRefused() {
        assertThat(failure("{\"designation\":\"x\",\"imageid\":99999999999999999999}")
                        .problems())
                .extracting(Problem::field)
                .containsExactly("imageid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"designation\":\"a\",\"designation\":\"b\"}",
                "{\"designation\":\"a\",\"x\":1,\"x\":2}",
                "{\"designation\":\"a\"} {}",
                "[{\"designation\":\"a\"}]",
                "\"a\"",
                "null",
                "",
                "{\"designation\":\"a\"",
                "{'designation':'a'}",
                "{\"designation\":\"a\nb\"}",
                "{\"designation\":NaN}"
            })
    void whatIsNotOneStrictObjectIsMalformed(String json) {
        assertThat(failure(json).code()).isEqualTo(ErrorCode.MALFORMED_BODY);
    }

    @Test
    void thePositionCountsCharactersAndLines() {
        assertThat(failure("{\n \"désignation\": oui}")).hasMessageContaining("line 2, column 17");
    }

    @Test
    void theFirstLineOfABatchLineIsItsOwn() {
        byte[] json = "{x".getBytes(StandardCharsets.UTF_8);
        ControlRoomException e =
                catchThrowableOfType(ControlRoomException.class, () -> reader.read(json, json.length, 17));
        assertThat(e).hasMessageContaining("line 17, column 2");
    }

    @Test
    void bytesThatAreNotUtf8AreMalformed() {
        byte[] json = "{\"designation\":\"caf\u00e9 noir\"}".getBytes(StandardCharsets.ISO_8859_1);
        ControlRoomException e = catchThrowableOfType(ControlRoomException.class, () -> reader.read(json, json.length));
        assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_BODY);
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() {
        assertThat(failure("{\"x\":" + "[".repeat(5000) + "}").code()).isEqualTo(ErrorCode.MALFORMED_BODY);
    }

    private Product read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return reader.read(bytes, bytes.length);
    }

    private ControlRoomException failure(String json) {
        return catchThrowableOfType(ControlRoomException.class, () -> read(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "+5", "01"})
    void whatIsNoNumberIsToldWithoutTheSettingsOfTheParser(String number) {
        ControlRoomException e = failure("{\"designation\":\"x\",\"imageid\":" + number + "}");
        assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_BODY);
        assertThat(e).message().startsWith("JSON, line 1, column ").doesNotContain("enable", "Feature", "`");
    }
}

package org.controlroom.ui.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
    }

    @Test
    void aFieldThatIsMissingNullOrOfAnotherKindIsEmpty() {
        for (String text : new String[] {"{}", "{'a':null}", "{'a':true}"}) {
            JsonObject json = json(text);
            assertThat(JsonFields.text(json, "a")).isEmpty();
            assertThat(JsonFields.textOrNull(json, "a")).isNull();
            assertThat(JsonFields.instantOrNull(json, "a")).isNull();
            assertThat(JsonFields.number(json, "a")).isZero();
            assertThat(JsonFields.numberOrNull(json, "a")).isNull();
            assertThat(JsonFields.decimalOrNull(json, "a")).isNull();
            assertThat(JsonFields.object(json, "a")).isEmpty();
            assertThat(JsonFields.texts(json, "a")).isEmpty();
            assertThat(JsonFields.textsByKey(json, "a")).isEmpty();
        }
    }

    @Test
    void aTextThatIsNoTimeIsNoTime() {
        assertThat(JsonFields.instantOrNull(json("{'a':'yesterday'}"), "a")).isNull();
    }

    @Test
    void anItemOfAnotherKindIsNotPassedOver() {
        JsonObject json = json("{'a':['x',3]}");
        assertThatThrownBy(() -> JsonFields.texts(json, "a")).isInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> JsonFields.objects(json, "a", inner -> inner)).isInstanceOf(ClassCastException.class);
    }
}

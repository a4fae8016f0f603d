package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hostile and mistaken clients send; each gets its status and problem details, and the server goes on. */
class BadRequestsIT {
    private final Distribution server = TrainedServer.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{                                              | 400 | line 1, column",
                "{\"designation\":}                             | 400 | line 1, column 16",
                "{\"designation\":\"a\",\"designation\":\"b\"}  | 400 | designation",
                "[]                                             | 400 | object",
                "null                                           | 400 | object",
                "{\"designation\":\"a\"} x                      | 400 | line 1",
                "{\"designation\":\"raw \u0001 control\"}       | 400 | line 1",
                "{}                                             | 422 | designation",
                "{\"description\":\"only\"}                     | 422 | designation",
                "{\"designation\":\"\"}                         | 422 | designation",
                "{\"designation\":\"   \"}                      | 422 | designation",
                "{\"designation\":5}                            | 422 | designation",
                "{\"designation\":null}                         | 422 | designation",
                "{\"designation\":{\"a\":1}}                    | 422 | designation",
                "{\"designation\":\"a\",\"description\":[1]}    | 422 | description",
                "{\"designation\":\"a\",\"imageid\":\"x\"}      | 422 | imageid",
                "{\"designation\":\"lone \\ud800 surrogate\"}   | 422 | designation",
                "{\"designation\":\"nul \\u0000 char\"}         | 422 | designation",
            })
    void aBodyThatIsNoProductIsRefusedWithItsReason(String body, int status, String reason) {
        assertProblem(server.post("/predict", body), status, reason);
    }

    @Test
    void anEmptyBodyIsRefused() {
        assertProblem(server.post("/predict", ""), 400, "empty");
    }

    @Test
    void allWrongFieldsAreNamedAtOnce() {
        HttpResponse<String> response =
                server.post("/predict", "{\"designation\":5,\"description\":7,\"imageid\":\"x\"}");

        assertProblem(response, 422, "designation");
        JsonNode problem = Distribution.read(response.body());
        assertThat(problem.path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("designation", "description", "imageid");
    }

    @Test
    void aDesignationOfAMegabyteIsTooLarge() {
        assertProblem(server.post("/predict", "{\"designation\":\"" + "x".repeat(1 << 20) + "\"}"), 413, "65536");
    }

    @Test
    void aTextOverItsLimitIsRefusedWithTheLimit() {
        assertProblem(server.post("/predict", "{\"designation\":\"" + "x".repeat(1001) + "\"}"), 422, "1000");
        assertProblem(
                server.post("/predict", "{\"designation\":\"a\",\"description\":\"" + "x".repeat(10_001) + "\"}"),
                422,
                "10000");
    }

    @Test
    void anotherContentTypeIsRefused() {
        assertProblem(server.post("/predict", "text/plain", BodyPublishers.ofString("{}")), 415, "json");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] latin1 = "{\"designation\":\"été\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertProblem(server.post("/predict", "application/json", BodyPublishers.ofByteArray(latin1)), 400, "line 1");
    }

    @Test
    void anotherMethodIsRefused() {
        assertProblem(server.get("/predict"), 405, "");
    }

    @Test
    void anUnknownPathIsAnsweredWithProblemDetails() {
        assertProblem(server.get("/api/v1/nothing"), 404, "");
        assertProblem(server.get("/nothing"), 404, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "POST", "OPTIONS", "PATCH"})
    void anUnknownPathIsUnknownToEveryMethod(String method) {
        // the start is known, and answers with the pages only who asks for them
        assertProblem(server.request(method, "/"), 405, "must be GET, HEAD");
        assertProblem(server.request(method, "/nothing"), 404, "nothing is at /nothing");
        assertProblem(server.request(method, "/nothing/at/all"), 404, "nothing is at /nothing/at/all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"designation\":\"tasse\",\"description\":null}",
                "{\"designation\":\"tasse\",\"description\":\"\",\"imageid\":null}",
                "{\"designation\":\"tasse 🎁👨‍👩‍👧 \\ud83d\\ude00\"}",
                "{\"designation\":\"كتاب للأطفال\",\"description\":\"ספר \\u202e ילדים\"}",
                "{\"designation\":\"with \\u0007 bell, \\t tab and \\n break\"}",
                "{\"designation\":\"=cmd|'/c calc'!A1\",\"description\":\"\\\"quoted\\\", with comma\\r\\nand break\"}",
                "{\"designation\":\"tasse\",\"unknown\":{\"deep\":[1,2,{\"x\":null}]}}",
            })
    void whatIsOnlyUnusualIsAnswered(String body) {
        HttpResponse<String> response = server.post("/predict", body);

        assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(200);
    }

    @Test
    void aParameterOutOfRangeIsRefused() {
        assertProblem(server.post("/predict?top=0", "{\"designation\":\"a\"}"), 422, "top");
        assertProblem(server.get("/api/v1/models?limit=0"), 422, "limit");
        assertProblem(server.get("/api/v1/models?sort=nothing"), 422, "sort");
    }

    @Test
    void anUnknownPipelineParameterIsRefusedByItsName() {
        assertProblem(
                server.post("/api/v1/pipelines/train-model/runs", "{\"parameters\":{\"presett\":\"default\"}}"),
                422,
                "presett");
        assertProblem(
                server.post("/api/v1/pipelines/load-data/runs", "{\"parameters\":{\"folder\":\"/nowhere\"}}"),
                422,
                "/nowhere");
        assertProblem(server.post("/api/v1/pipelines/nothing/runs", "{}"), 404, "nothing");
    }

    @Test
    void aPluginThatIsNoZipIsRefused() {
        assertProblem(
                server.post(
                        "/api/v1/plugins",
                        "application/java-archive",
                        BodyPublishers.ofString("this is no zip file at all")),
                422,
                "zip");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String reason) {
        assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .describedAs(response.body())
                .startsWith("application/problem+json");
        JsonNode problem = Distribution.read(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(response.body()).contains(reason);
    }
}

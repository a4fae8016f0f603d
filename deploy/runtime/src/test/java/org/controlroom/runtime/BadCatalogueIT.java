package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Catalogues that are damaged or odd, on a server without a model. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadCatalogueIT {
    private static final String X_HEADER = ",designation,description,productid,imageid\n";
    private static final String Y_HEADER = ",prdtypecode\n";

    private static final Distribution SERVER = new Distribution(TrainedServer.folder("bad-catalogue"));

    @BeforeAll
    static void start() {
        SERVER.start("--without-model");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    @Order(1)
    void withoutAModelTheServerIsUpButNotReady() {
        HttpResponse<String> response = SERVER.post("/predict", "{\"designation\":\"tasse\"}");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(SERVER.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(SERVER.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(SERVER.get("/health/started").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void trainingOnNothingFailsWithTheReason() {
        assertFailed(SERVER.run("train-model", Map.of("preset", "default")), "TRAINING_DATA_INVALID");
    }

    @Test
    void anUnclosedQuoteFailsTheWholeLoad() throws IOException {
        JsonNode run =
                load("unclosed", X_HEADER + "0,tasse,,100,1\n1,\"never closed,,101,2\n", Y_HEADER + "0,10\n1,10\n");

        assertFailed(run, "CATALOGUE_INVALID");
        assertThat(run.path("error").asText()).contains("quote");
        assertThat(designations("never closed")).isEmpty();
    }

    @Test
    void wrongColumnsFailTheWholeLoad() throws IOException {
        JsonNode run = load("columns", "id,title\n1,tasse\n", Y_HEADER + "0,10\n");

        assertFailed(run, "CATALOGUE_INVALID");
        assertThat(run.path("error").asText()).contains("designation");
        ControlRoomPages.of(SERVER).visit("/ui/", page -> {
            String row = page.locator("#live tr:has-text('" + run.path("id").asText() + "')")
                    .first()
                    .innerText();
            assertThat(row).contains("File refused");
            assertThat(page.locator("#live .run-why").first().innerText())
                    .contains("Catalogue cannot be used", "designation");
            ControlRoomPages.check(page, "en");
            ControlRoomPages.screenshot(page, "home-refused");
        });
    }

    @Test
    void zeroRowsFailTheWholeLoad() throws IOException {
        assertFailed(load("empty", X_HEADER, Y_HEADER), "CATALOGUE_INVALID");
    }

    @Test
    void bytesThatAreNotUtf8FailTheWholeLoad() throws IOException {
        Path folder = files("latin1", "", Y_HEADER + "0,10\n");
        Files.write(
                folder.resolve("X_train_update.csv"),
                (X_HEADER + "0,été,,102,1\n").getBytes(StandardCharsets.ISO_8859_1));

        JsonNode run = SERVER.run("load-data", Map.of("folder", folder.toString()));

        assertFailed(run, "CATALOGUE_INVALID");
        assertThat(run.path("error").asText()).contains("UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoMistake() throws IOException {
        JsonNode run = load("bom", "\uFEFF" + X_HEADER + "0,marque d'ordre,,103,1\n", Y_HEADER + "0,10\n");

        assertThat(run.path("status").asText()).describedAs(run.toString()).isEqualTo("completed");
        assertThat(designations("marque d'ordre")).hasSize(1);
    }

    @Test
    void aProductTwiceAndALabelForNoProductAreKeptAsideWithTheirLines() throws IOException {
        JsonNode run = load(
                "rows",
                X_HEADER + "0,premier,,104,1\n1,second,,104,2\n2,troisième,,105,3\n",
                Y_HEADER + "0,10\n1,20\n2,10\n9,10\n");

        assertThat(run.path("status").asText()).describedAs(run.toString()).isEqualTo("completed");
        long id = SERVER.all("/api/v1/loads").stream()
                .mapToLong(load -> load.path("id").asLong())
                .max()
                .orElseThrow();
        List<JsonNode> rejected = SERVER.all("/api/v1/loads/" + id + "/rejected");
        assertThat(rejected).isNotEmpty().allMatch(row -> row.path("line").asLong() > 1);
        assertThat(rejected.toString()).contains("104").contains("Y_train_CVw08PX.csv");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void oneClassOnlyCannotBeTrainedOn() throws IOException {
        StringBuilder products = new StringBuilder(X_HEADER);
        StringBuilder labels = new StringBuilder(Y_HEADER);
        for (int i = 0; i < 50; i++) {
            products.append(i)
                    .append(",produit numéro ")
                    .append(i)
                    .append(",,")
                    .append(2000 + i)
                    .append(",1\n");
            labels.append(i).append(",10\n");
        }
        JsonNode load = load("one-class", products.toString(), labels.toString());
        assertThat(load.path("status").asText()).describedAs(load.toString()).isEqualTo("completed");

        assertFailed(SERVER.run("train-model", Map.of("preset", "default")), "TRAINING_DATA_INVALID");
    }

    private static JsonNode load(String name, String products, String labels) throws IOException {
        return SERVER.run(
                "load-data", Map.of("folder", files(name, products, labels).toString()));
    }

    private static Path files(String name, String products, String labels) throws IOException {
        Path folder = Files.createDirectories(SERVER.state().resolve("input").resolve(name));
        Files.writeString(folder.resolve("X_train_update.csv"), products);
        Files.writeString(folder.resolve("Y_train_CVw08PX.csv"), labels);
        return folder;
    }

    private static List<JsonNode> designations(String text) {
        return SERVER.all("/api/v1/products?text=" + java.net.URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    private static void assertFailed(JsonNode run, String code) {
        assertThat(run.path("status").asText()).describedAs(run.toString()).isEqualTo("failed");
        assertThat(run.path("error_code").asText()).describedAs(run.toString()).isEqualTo(code);
    }
}

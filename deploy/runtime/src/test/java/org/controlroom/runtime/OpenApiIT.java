package org.controlroom.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The API's description of itself: valid, and true of the running server. */
class OpenApiIT {

    private final Distribution server = TrainedServer.shared();
    private final JsonNode document = server.json("/openapi");

    @Test
    void theDocumentIsValid() {
        ParseOptions whole = new ParseOptions();
        whole.setResolve(true);
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(document.toString(), null, whole);

        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).hasSizeGreaterThan(40);
        assertThat(read.getOpenAPI().getServers())
                .singleElement()
                .satisfies(only -> assertThat(only.getUrl()).isEqualTo("/"));
    }

    /** Whatever has no parameter in its path is asked, and its answer compared with its schema. */
    @Test
    void everyDescribedRouteIsThereAndAnswersAsDescribed() {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            JsonNode get = path.getValue().path("get");
            if (get.isMissingNode() || path.getKey().contains("{")) {
                continue;
            }
            HttpResponse<String> answer = server.get(path.getKey());
            JsonNode response = get.path("responses").path(Integer.toString(answer.statusCode()));
            if (response.has("$ref")) {
                response = document.at(response.path("$ref").asText().substring(1));
            }
            JsonNode content = response.path("content");
            String media =
                    answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
            if (content.isMissingNode() || !content.has(media)) {
                wrong.add(path.getKey() + " answers " + answer.statusCode() + " " + media + ", which is not described");
            } else if (media.equals("application/json")) {
                compare(
                        path.getKey(),
                        Distribution.read(answer.body()),
                        content.path(media).path("schema"),
                        wrong);
                compared++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(12);
    }

    @Test
    void everyDescribedFilterAndSortIsTaken() {
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (JsonNode parameter : path.getValue().path("get").path("parameters")) {
                String name = parameter.path("name").asText();
                if (path.getKey().contains("{") || name.isEmpty() || name.equals("keyed")) {
                    continue;
                }
                String value = name.equals("sort")
                        ? parameter.path("description").asText().replaceFirst("One of ([^,;]+).*", "$1")
                        : "1";
                HttpResponse<String> answer = server.get(path.getKey() + "?" + name + "=" + value);
                boolean sorted = !name.equals("sort") || answer.statusCode() == 200;
                if (answer.body().contains("is not a filter") || !sorted) {
                    refused.add(path.getKey() + "?" + name + "=" + value + ": " + answer.body());
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void unknownPathsAreToldAsSuchAndTheStartLeadsToThePages() {
        assertThat(server.get("/health/nope").statusCode()).isEqualTo(404);
        assertThat(server.request("HEAD", "/metrics").statusCode()).isEqualTo(200);
        assertThat(server.get("/ui/nope.xhtml").statusCode()).isEqualTo(404);
        assertThat(server.get("/ui/nope.xhtml").body()).contains("Control Room", "/ui/nope.xhtml");
        HttpResponse<String> start = server.get("/");
        assertThat(start.statusCode()).isIn(200, 302);
        assertThat(server.get("/health").body()).contains("\"loaded\":true");
    }

    private void compare(String where, JsonNode value, JsonNode schema, List<String> wrong) {
        if (schema.has("$ref")) {
            compare(where, value, document.at(schema.path("$ref").asText().substring(1)), wrong);
            return;
        }
        if (value.isNull()) {
            if (!schema.path("nullable").asBoolean()) {
                wrong.add(where + " is null");
            }
            return;
        }
        if (schema.has("allOf")) {
            compare(where, value, schema.path("allOf").get(0), wrong);
        } else if (value.isObject() && schema.has("properties")) {
            value.properties().forEach(field -> {
                JsonNode described = schema.path("properties").path(field.getKey());
                if (described.isMissingNode()) {
                    wrong.add(where + "." + field.getKey() + " is not described");
                } else {
                    compare(where + "." + field.getKey(), field.getValue(), described, wrong);
                }
            });
            schema.path("required").forEach(name -> {
                if (!value.has(name.asText())) {
                    wrong.add(where + "." + name.asText() + " is missing");
                }
            });
        } else if (value.isArray()) {
            value.forEach(item -> compare(where + "[]", item, schema.path("items"), wrong));
        } else if (schema.has("type")) {
            String type = schema.path("type").asText();
            boolean fits = switch (type) {
                case "string" -> value.isTextual();
                case "boolean" -> value.isBoolean();
                case "integer" -> value.isIntegralNumber();
                case "number" -> value.isNumber();
                case "object" -> value.isObject();
                default -> false;
            };
            if (!fits) {
                wrong.add(where + " is " + value.getNodeType() + ", described as " + type);
            }
        }
    }
}

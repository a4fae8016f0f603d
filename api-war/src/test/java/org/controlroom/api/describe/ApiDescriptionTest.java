package org.controlroom.api.describe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.controlroom.api.control.ControlApplication;
import org.controlroom.api.control.Listed;
import org.controlroom.core.model.Page;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.junit.jupiter.api.Test;

class ApiDescriptionTest {

    private static final Set<String> PLAIN = Set.of(
            "POST /predict",
            "POST /predict/batch",
            "GET /health",
            "GET /health/live",
            "GET /health/ready",
            "GET /health/started",
            "GET /metrics",
            "GET /openapi",
            "GET /docs",
            "GET /docs/problems");

    private final ObjectNode document = ApiDescription.document(ControlApplication.RESOURCES, "/api/v1", "1.2.3");

    private static List<Route> routes() {
        return ControlApplication.RESOURCES.stream()
                .flatMap(resource -> Route.of(resource, "/api/v1").stream())
                .toList();
    }

    @Test
    void everyDeclaredRouteIsDescribedAndNothingElse() {
        Set<String> declared = routes().stream()
                .map(route -> route.verb().toUpperCase(java.util.Locale.ROOT) + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        declared.addAll(PLAIN);

        assertThat(ApiDescription.operations(document)).isEqualTo(declared).hasSizeGreaterThan(40);
    }

    @Test
    void pathsHaveNoPatternsAndEveryParameterInThemIsDescribed() {
        document.get("paths").properties().forEach(path -> {
            assertThat(path.getKey()).matches("(/[A-Za-z0-9_.-]+|/\\{[a-z_]+})+");
            Set<String> named = Arrays.stream(path.getKey().split("/"))
                    .filter(part -> part.startsWith("{"))
                    .map(part -> part.substring(1, part.length() - 1))
                    .collect(Collectors.toSet());
            path.getValue().forEach(operation -> {
                Set<String> described = new TreeSet<>();
                operation.path("parameters").forEach(parameter -> {
                    if (parameter.path("in").asText().equals("path")) {
                        described.add(parameter.get("name").asText());
                    }
                });
                assertThat(described).as(path.getKey()).isEqualTo(named);
            });
        });
    }

    @Test
    void everyOperationHasAnIdOfItsOwnASummaryARoleAndAKnownTag() {
        List<String> ids = new ArrayList<>();
        Set<String> tags = new TreeSet<>();
        document.get("tags").forEach(tag -> tags.add(tag.get("name").asText()));
        for (JsonNode path : document.get("paths")) {
            for (JsonNode operation : path) {
                ids.add(operation.get("operationId").asText());
                assertThat(operation.get("summary").asText()).isNotEmpty();
                assertThat(operation.get("x-role").asText()).isIn("public", "viewer", "operator", "admin");
                assertThat(operation.get("tags")).hasSize(1);
                assertThat(tags).contains(operation.get("tags").get(0).asText());
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
    }

    /** {@link Listed} names what can be filtered by; {@link APIResponseSchema} what a Response holds. */
    @Test
    void everyRouteSaysWhatItReadsAndAnswers() {
        for (Route route : routes()) {
            boolean list = route.method().getReturnType() == Page.class
                    && Arrays.asList(route.method().getParameterTypes()).contains(UriInfo.class);
            assertThat(route.method().isAnnotationPresent(Listed.class))
                    .as("@Listed on " + route.method())
                    .isEqualTo(list);
            if (route.method().getReturnType() == Response.class && route.produces()[0].equals("application/json")) {
                assertThat(route.method().isAnnotationPresent(APIResponseSchema.class))
                        .as("@APIResponseSchema on " + route.method())
                        .isTrue();
            }
        }
    }

    @Test
    void recordsAreDescribedAsTheyAreSent() {
        JsonNode run = document.get("components").get("schemas").get("PipelineRun");
        assertThat(run.get("properties").has("created_at")).isTrue();
        assertThat(run.get("properties").get("status").get("enum").toString()).contains("\"running\"");
        JsonNode product = document.get("components").get("schemas").get("LabelledProduct");
        assertThat(product.get("properties").has("designation")).isTrue();
        assertThat(product.get("properties").has("product")).isFalse();
        assertThat(run.get("properties").get("waits_until").get("nullable").asBoolean())
                .isTrue();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        document.findValuesAsText("$ref").forEach(reference -> {
            if (document.at(reference.substring(1)).isMissingNode()) {
                broken.add(reference);
            }
        });
        assertThat(broken).isEmpty();
    }
}

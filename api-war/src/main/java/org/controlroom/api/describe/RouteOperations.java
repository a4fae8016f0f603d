package org.controlroom.api.describe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.control.Listed;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Describes one route each: parameters, body, answers and role, from what is declared on its method. */
final class RouteOperations {

    private static final String PROBLEM = "#/components/responses/Problem";
    private static final String ANY_KEY = ".<key>";

    private final JsonMapper mapper;
    private final RecordSchemas schemas;

    RouteOperations(JsonMapper mapper, RecordSchemas schemas) {
        this.mapper = mapper;
        this.schemas = schemas;
    }

    /** Adds the route to its path; a second route of the same verb, for another body, adds its body. */
    void add(ObjectNode path, Route route) {
        if (path.has(route.verb())) {
            ObjectNode known = (ObjectNode) path.get(route.verb());
            body(route)
                    .ifPresent(body -> ((ObjectNode) known.get("requestBody").get("content"))
                            .setAll((ObjectNode) body.get("content")));
            return;
        }
        ObjectNode operation = path.putObject(route.verb());
        Tag tag = route.method().getDeclaringClass().getAnnotation(Tag.class);
        operation.putArray("tags").add(tag == null ? "other" : tag.name());
        operation.put("operationId", route.operationId());
        Operation described = route.method().getAnnotation(Operation.class);
        operation.put("summary", described == null ? "" : described.summary());
        NeedsRole role = route.method().getAnnotation(NeedsRole.class);
        if (role != null) {
            operation.put("x-role", role.value().name().toLowerCase(Locale.ROOT));
        }
        ArrayNode parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        body(route).ifPresent(body -> operation.set("requestBody", body));
        answers(operation.putObject("responses"), route, operation);
    }

    private ArrayNode parameters(Route route) {
        ArrayNode all = mapper.createArrayNode();
        for (Parameter parameter : route.method().getParameters()) {
            PathParam inPath = parameter.getAnnotation(PathParam.class);
            QueryParam inQuery = parameter.getAnnotation(QueryParam.class);
            if (inPath != null) {
                ObjectNode schema = schemas.schema(parameter.getParameterizedType(), true);
                String pattern = route.patterns().get(inPath.value());
                if (pattern != null && !schema.path("type").asText().equals("integer")) {
                    schema.put("pattern", "^" + pattern + "$");
                }
                all.addObject()
                        .put("name", inPath.value())
                        .put("in", "path")
                        .put("required", true)
                        .set("schema", schema);
            } else if (parameter.isAnnotationPresent(HeaderParam.class)) {
                all.addObject()
                        .put("name", parameter.getAnnotation(HeaderParam.class).value())
                        .put("in", "header")
                        .set("schema", schemas.schema(parameter.getParameterizedType(), true));
            } else if (inQuery != null) {
                ObjectNode schema = schemas.schema(parameter.getParameterizedType(), true);
                DefaultValue otherwise = parameter.getAnnotation(DefaultValue.class);
                if (otherwise != null) {
                    schema.put("default", otherwise.value());
                }
                ObjectNode described =
                        all.addObject().put("name", inQuery.value()).put("in", "query");
                var more = parameter.getAnnotation(
                        org.eclipse.microprofile.openapi.annotations.parameters.Parameter.class);
                if (more != null) {
                    described.put("description", more.description());
                    ArrayNode values = mapper.createArrayNode();
                    Arrays.stream(more.schema().enumeration()).forEach(values::add);
                    if (!values.isEmpty()) {
                        schema.set("enum", values);
                    }
                }
                described.set("schema", schema);
            }
        }
        Listed listed = route.method().getAnnotation(Listed.class);
        if (listed != null) {
            addList(all, listed);
        }
        return all;
    }

    private void addList(ArrayNode parameters, Listed listed) {
        parameters.addObject().put("$ref", "#/components/parameters/limit");
        parameters.addObject().put("$ref", "#/components/parameters/cursor");
        if (listed.sorts().length > 0) {
            String values = Arrays.stream(listed.sorts())
                    .map(sort -> sort.endsWith(ANY_KEY)
                            ? sort.substring(0, sort.length() - ANY_KEY.length()) + "[.].+"
                            : Pattern.quote(sort).replace("\\Q", "").replace("\\E", ""))
                    .collect(Collectors.joining("|"));
            parameters
                    .addObject()
                    .put("name", "sort")
                    .put("in", "query")
                    .put("description", "One of " + String.join(", ", listed.sorts()) + "; - in front for descending.")
                    .set(
                            "schema",
                            mapper.createObjectNode().put("type", "string").put("pattern", "^-?(" + values + ")$"));
        }
        List<String> keyed = new ArrayList<>();
        for (String filter : listed.filters()) {
            if (filter.endsWith(ANY_KEY)) {
                keyed.add(filter);
                continue;
            }
            parameters
                    .addObject()
                    .put("name", filter)
                    .put("in", "query")
                    .put("description", "Filter.")
                    .set("schema", mapper.createObjectNode().put("type", "string"));
        }
        if (!keyed.isEmpty()) {
            ObjectNode schema = mapper.createObjectNode().put("type", "object");
            schema.putObject("additionalProperties").put("type", "string");
            parameters
                    .addObject()
                    .put("name", "keyed")
                    .put("in", "query")
                    .put("style", "form")
                    .put("explode", true)
                    .put("description", "Filters by any key, each a parameter of its own: " + String.join(", ", keyed))
                    .set("schema", schema);
        }
    }

    private java.util.Optional<ObjectNode> body(Route route) {
        for (Parameter parameter : route.method().getParameters()) {
            Class<?> type = parameter.getType();
            ObjectNode schema = null;
            if (type == InputStream.class) {
                schema = mapper.createObjectNode().put("type", "string").put("format", "binary");
            } else if (type.isRecord()) {
                schema = schemas.schema(parameter.getParameterizedType(), false);
            } else if (type == List.class && route.multipart()) {
                schema = mapper.createObjectNode().put("type", "object");
                schema.putObject("properties")
                        .putObject("file")
                        .put("type", "string")
                        .put("format", "binary");
            }
            if (schema != null) {
                ObjectNode body = mapper.createObjectNode().put("required", true);
                ObjectNode content = body.putObject("content");
                for (String media : route.consumes()) {
                    content.putObject(media).set("schema", schema);
                }
                return java.util.Optional.of(body);
            }
        }
        return java.util.Optional.empty();
    }

    private void answers(ObjectNode responses, Route route, ObjectNode operation) {
        APIResponseSchema named = route.method().getAnnotation(APIResponseSchema.class);
        Class<?> returned = route.method().getReturnType();
        if (named != null) {
            String code = named.responseCode().isEmpty() ? "200" : named.responseCode();
            String text = named.responseDescription().isEmpty() ? "Done" : named.responseDescription();
            content(responses.putObject(code).put("description", text), route, schemas.schema(named.value(), true));
        } else if (returned == void.class) {
            responses.putObject("204").put("description", "Done");
        } else if (returned == Response.class) {
            boolean json = route.produces()[0].equals(MediaType.APPLICATION_JSON);
            ObjectNode schema = mapper.createObjectNode();
            content(
                    responses.putObject("200").put("description", "Done"),
                    route,
                    json ? schema : schema.put("type", "string").put("format", "binary"));
        } else {
            content(
                    responses.putObject("200").put("description", "Done"),
                    route,
                    schemas.schema(route.method().getGenericReturnType(), true));
        }
        if (route.path().contains("{")) {
            problem(responses, "404");
        }
        for (APIResponse refusal : route.method().getAnnotationsByType(APIResponse.class)) {
            problem(responses, refusal.responseCode());
        }
        if (!route.verb().equals("get")) {
            problem(responses, "409");
        }
        if (operation.has("requestBody") || operation.has("parameters")) {
            problem(responses, "422");
        }
        problem(responses, "default");
    }

    private void problem(ObjectNode responses, String code) {
        responses.putObject(code).put("$ref", PROBLEM);
    }

    private void content(ObjectNode response, Route route, ObjectNode schema) {
        ObjectNode content = response.putObject("content");
        for (String media : route.produces()) {
            content.putObject(media).set("schema", schema);
        }
    }
}

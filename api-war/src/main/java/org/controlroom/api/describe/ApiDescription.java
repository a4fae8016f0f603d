package org.controlroom.api.describe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.controlroom.api.json.JsonMapping;

/**
 * The OpenAPI 3.0 document: the routes of the resource classes as {@link RouteOperations} describes them, and those of plain
 * servlets and of the server as {@code plain-routes.json} does.
 */
public final class ApiDescription {

    private static final String PLAIN_ROUTES = "plain-routes.json";

    private ApiDescription() {}

    /**
     * @param root what comes before the path of each resource, for example {@code /api/v1}
     * @param version of the application
     */
    public static ObjectNode document(Set<Class<?>> resources, String root, String version) {
        JsonMapper mapper = JsonMapping.mapper();
        RecordSchemas schemas = new RecordSchemas(mapper);
        try (InputStream in = ApiDescription.class.getResourceAsStream(PLAIN_ROUTES)) {
            ObjectNode document = (ObjectNode) mapper.readTree(in);
            ((ObjectNode) document.get("info")).put("version", version);
            ObjectNode paths = (ObjectNode) document.get("paths");
            RouteOperations operations = new RouteOperations(mapper, schemas);
            List<Route> routes = resources.stream()
                    .flatMap(resource -> Route.of(resource, root).stream())
                    .sorted(Comparator.comparing(Route::path)
                            .thenComparing(Route::verb)
                            .thenComparing(route -> route.multipart() ? 1 : 0))
                    .toList();
            for (Route route : routes) {
                operations.add(
                        paths.withObject("/" + route.path().replace("~", "~0").replace("/", "~1")), route);
            }
            ((ObjectNode) document.get("components").get("schemas")).setAll(schemas.components());
            return document;
        } catch (IOException e) {
            throw new IllegalStateException(PLAIN_ROUTES + ": " + e.getMessage(), e);
        }
    }

    /** {@code VERB path} of every operation in the document, for comparisons. */
    static Set<String> operations(ObjectNode document) {
        Set<String> operations = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                verb -> operations.add(verb.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        return operations;
    }
}

package org.controlroom.api.describe;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One method of a resource class as a route.
 *
 * @param path from the root of the server, {@code {name}} without patterns
 * @param patterns pattern of each path parameter that has one
 * @param verb lower case
 */
record Route(String path, Map<String, String> patterns, String verb, Method method) {

    private static final Pattern PARAMETER =
            Pattern.compile("\\{\\s*([^:}\\s]+)\\s*(?::\\s*((?:[^{}]|\\{[^{}]*})+))?}");

    static List<Route> of(Class<?> resource, String root) {
        List<Route> routes = new ArrayList<>();
        Path base = resource.getAnnotation(Path.class);
        for (Method method : resource.getDeclaredMethods()) {
            String verb = verb(method);
            if (!verb.isEmpty() && base != null) {
                Path own = method.getAnnotation(Path.class);
                String written = root + "/" + base.value() + (own == null ? "" : "/" + own.value());
                Map<String, String> patterns = new TreeMap<>();
                Matcher parameter = PARAMETER.matcher(written);
                StringBuilder path = new StringBuilder();
                while (parameter.find()) {
                    if (parameter.group(2) != null) {
                        patterns.put(parameter.group(1), parameter.group(2).strip());
                    }
                    parameter.appendReplacement(path, Matcher.quoteReplacement("{" + parameter.group(1) + "}"));
                }
                parameter.appendTail(path);
                routes.add(new Route(path.toString().replaceAll("/+", "/"), patterns, verb, method));
            }
        }
        return routes;
    }

    private static String verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return verb.value().toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    /** Media types of the answer. */
    String[] produces() {
        Produces own = method.getAnnotation(Produces.class);
        Produces all = method.getDeclaringClass().getAnnotation(Produces.class);
        return own != null ? own.value() : all != null ? all.value() : new String[] {MediaType.APPLICATION_JSON};
    }

    /** Media types of the body. */
    String[] consumes() {
        Consumes own = method.getAnnotation(Consumes.class);
        return own == null ? new String[] {MediaType.APPLICATION_JSON} : own.value();
    }

    boolean multipart() {
        return consumes()[0].equals(MediaType.MULTIPART_FORM_DATA);
    }

    /** Unique: name of the resource and of the method. */
    String operationId() {
        String resource = method.getDeclaringClass().getSimpleName().replaceFirst("Resource$", "");
        String name = method.getName();
        return resource.substring(0, 1).toLowerCase(Locale.ROOT)
                + resource.substring(1)
                + name.substring(0, 1).toUpperCase(Locale.ROOT)
                + name.substring(1);
    }
}

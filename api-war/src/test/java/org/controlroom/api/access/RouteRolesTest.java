package org.controlroom.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HttpMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.controlroom.api.control.ControlApplication;
import org.controlroom.api.control.PluginsResource;
import org.controlroom.api.describe.OpenApiServlet;
import org.controlroom.api.operate.DocsServlet;
import org.controlroom.api.operate.HealthServlet;
import org.controlroom.api.operate.MetricsServlet;
import org.controlroom.api.operate.StartServlet;
import org.controlroom.api.predict.BatchServlet;
import org.controlroom.api.predict.PredictServlet;
import org.controlroom.api.problem.ProblemServlet;
import org.junit.jupiter.api.Test;

class RouteRolesTest {

    @Test
    void everyControlRouteNamesItsRole() {
        List<Method> routes = routes();
        assertThat(routes).hasSizeGreaterThan(25);
        assertThat(routes)
                .allSatisfy(route -> assertThat(route.getAnnotation(NeedsRole.class))
                        .as(route.toString())
                        .isNotNull());
    }

    @Test
    void noControlRouteIsPublicAndNoneThatChangesIsForViewers() {
        for (Method route : routes()) {
            Role role = route.getAnnotation(NeedsRole.class).value();
            assertThat(role).as(route.toString()).isNotEqualTo(Role.PUBLIC);
            if (!verb(route).equals("GET")) {
                assertThat(role).as(route.toString()).isIn(Role.OPERATOR, Role.ADMIN);
            }
        }
    }

    @Test
    void codeIsInstalledByAdministratorsOnly() {
        assertThat(routes())
                .filteredOn(route -> route.getName().equals("install")
                        || (route.isAnnotationPresent(DELETE.class)
                                && route.getDeclaringClass() == PluginsResource.class))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(route ->
                        assertThat(route.getAnnotation(NeedsRole.class).value()).isEqualTo(Role.ADMIN));
    }

    @Test
    void everyServletNamesItsRole() {
        List<Class<? extends HttpServlet>> servlets = List.of(
                PredictServlet.class,
                BatchServlet.class,
                MetricsServlet.class,
                OpenApiServlet.class,
                HealthServlet.class,
                StartServlet.class,
                DocsServlet.class,
                ProblemServlet.class);
        assertThat(servlets).allMatch(servlet -> servlet.isAnnotationPresent(NeedsRole.class));
    }

    private static List<Method> routes() {
        List<Method> routes = new ArrayList<>();
        for (Class<?> resource : ControlApplication.RESOURCES) {
            Arrays.stream(resource.getDeclaredMethods())
                    .filter(method -> !verb(method).isEmpty())
                    .forEach(routes::add);
        }
        return routes;
    }

    private static String verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return verb.value();
            }
        }
        return "";
    }
}

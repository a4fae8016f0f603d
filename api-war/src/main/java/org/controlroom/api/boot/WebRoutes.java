package org.controlroom.api.boot;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.controlroom.api.control.ControlApplication;
import org.controlroom.api.describe.ApiDescription;
import org.controlroom.api.describe.OpenApiServlet;
import org.controlroom.api.operate.Build;
import org.controlroom.api.operate.DocsServlet;
import org.controlroom.api.operate.HealthServlet;
import org.controlroom.api.operate.MetricsServlet;
import org.controlroom.api.operate.StartServlet;
import org.controlroom.api.predict.BatchServlet;
import org.controlroom.api.predict.PredictServlet;
import org.controlroom.api.problem.ProblemAnswers;
import org.controlroom.api.problem.ProblemServlet;
import org.controlroom.core.port.Pipelines;
import org.controlroom.telemetry.MicroProfileView;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.annotation.RegistryScope;

/** Starts the application, and adds the plain servlets to the application: every route that is neither JAX-RS nor the server's own. */
@WebListener
public class WebRoutes implements ServletContextListener {

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container before the first call
    Wiring wiring;

    @Inject
    @SuppressWarnings("NullAway.Init") // set by the container before the first call
    Instance<Pipelines> pipelines;

    @Inject
    @RegistryScope
    @SuppressWarnings("NullAway.Init") // set by the container before the first call
    MetricRegistry serverMetrics;

    @Inject
    @Liveness
    @SuppressWarnings("NullAway.Init") // set by the container before the first call
    Instance<HealthCheck> live;

    @Inject
    @Readiness
    @SuppressWarnings("NullAway.Init") // set by the container before the first call
    Instance<HealthCheck> ready;

    @Inject
    @Startup
    @SuppressWarnings("NullAway.Init") // set by the container before the first call
    Instance<HealthCheck> started;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ControlRoom room = wiring.start();
        room.startSchedules(pipelines.get());
        MicroProfileView.register(serverMetrics, room.telemetry);
        ServletContext context = event.getServletContext();
        ProblemAnswers problems = new ProblemAnswers(room.telemetry);
        add(context, "problem", new ProblemServlet(problems), "/.problem", "/");
        add(context, "predict", new PredictServlet(room.predictions, problems), "/predict");
        add(
                context,
                "predict-batch",
                new BatchServlet(room.predictions, room.liveModels, room.telemetry, problems, room.batchThreads),
                "/predict/batch");
        add(context, "start", new StartServlet(problems), "");
        Map<String, Supplier<List<HealthCheck>>> health = Map.of(
                "live", () -> live.stream().toList(),
                "ready", () -> ready.stream().toList(),
                "started", () -> started.stream().toList());
        add(context, "health", new HealthServlet(health, problems), "/health/*");
        add(context, "metrics", new MetricsServlet(room.telemetry, problems), "/metrics");
        add(
                context,
                "openapi",
                new OpenApiServlet(
                        ApiDescription.document(ControlApplication.RESOURCES, ControlApplication.ROOT, Build.version()),
                        problems),
                "/openapi");
        try {
            add(context, "docs", new DocsServlet(problems), "/docs/*");
        } catch (IOException e) {
            throw new UncheckedIOException("documentation page: " + e.getMessage(), e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        MicroProfileView.unregister(serverMetrics);
    }

    private static void add(ServletContext context, String name, Servlet servlet, String... paths) {
        ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
        registration.setLoadOnStartup(1);
        registration.addMapping(paths);
    }
}

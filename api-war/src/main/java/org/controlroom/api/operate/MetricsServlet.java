package org.controlroom.api.operate;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.api.problem.ProblemAnswers;
import org.controlroom.telemetry.PrometheusTelemetry;

/** {@code /metrics}: all figures in the format that the scraper asks for. */
@NeedsRole(Role.PUBLIC)
public final class MetricsServlet extends HttpServlet {

    private final transient PrometheusTelemetry telemetry;
    private final transient ProblemAnswers problems;

    public MetricsServlet(PrometheusTelemetry telemetry, ProblemAnswers problems) {
        this.telemetry = telemetry;
        this.problems = problems;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean head = request.getMethod().equals("HEAD");
        if (!head && !request.getMethod().equals("GET")) {
            problems.methodNotAllowed(request, response, "GET, HEAD");
            return;
        }
        ExpositionFormatWriter format = telemetry.format(request.getHeader("Accept"));
        ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 15);
        telemetry.write(format, body);
        response.setContentType(format.getContentType());
        response.setContentLength(body.size());
        if (!head) {
            body.writeTo(response.getOutputStream());
        }
    }
}

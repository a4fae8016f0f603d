package org.controlroom.api.describe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.api.problem.ProblemAnswers;

/** {@code /openapi}: the one document, as JSON, which is YAML too. */
@NeedsRole(Role.PUBLIC)
public final class OpenApiServlet extends HttpServlet {

    private final byte[] document;
    private final transient ProblemAnswers problems;

    public OpenApiServlet(ObjectNode document, ProblemAnswers problems) {
        this.document = document.toPrettyString().getBytes(StandardCharsets.UTF_8);
        this.problems = problems;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            problems.methodNotAllowed(request, response, "GET, HEAD");
            return;
        }
        response.setContentType("application/json;charset=utf-8");
        response.setContentLength(document.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(document);
        }
    }
}

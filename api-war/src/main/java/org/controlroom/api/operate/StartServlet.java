package org.controlroom.api.operate;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.api.problem.ProblemAnswers;

/** The address without a path leads to the pages. */
@NeedsRole(Role.PUBLIC)
public final class StartServlet extends HttpServlet {

    private final transient ProblemAnswers problems;

    public StartServlet(ProblemAnswers problems) {
        this.problems = problems;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            problems.methodNotAllowed(request, response, "GET, HEAD");
            return;
        }
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", "/ui/"); // relative, so that it holds behind a proxy too
    }
}

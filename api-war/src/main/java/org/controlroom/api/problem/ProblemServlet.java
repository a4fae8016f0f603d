package org.controlroom.api.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.spi.ErrorCode;

/**
 * The page behind every error of the server itself, a failed servlet or a request that it refused, and what answers all
 * paths that nothing else does.
 */
@NeedsRole(Role.PUBLIC)
public final class ProblemServlet extends HttpServlet {

    private final transient ProblemAnswers answers;

    public ProblemServlet(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String instance = path == null ? request.getRequestURI() : path.toString();
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
            answers.answer(response, Problem.of(failure, instance));
            return;
        }
        // Without the attribute somebody asked for a path that nothing else answers.
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer given ? given : 404;
        ErrorCode code = ProblemTable.codeOf(status);
        answers.answer(
                response, new Problem(code, status, detail(status, request, instance), instance, null, List.of()));
    }

    private static String detail(int status, HttpServletRequest request, String path) {
        return switch (status) {
            case 404 -> "nothing is at " + path + "; the routes are listed at /docs";
            case 405 -> "method " + request.getMethod() + " is not answered at " + path;
            default -> "the server refused " + request.getMethod() + " " + path + " with status " + status;
        };
    }
}

package org.controlroom.api.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.controlroom.core.port.Telemetry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/** Answers requests with problems and counts them. Thread-safe. */
public final class ProblemAnswers {

    private final Telemetry telemetry;

    public ProblemAnswers(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** Answers with the failure, unless the answer has begun already. */
    public void answer(HttpServletRequest request, HttpServletResponse response, Throwable failure) throws IOException {
        answer(response, Problem.of(failure, request.getRequestURI()));
    }

    /** Answers with the problem, unless the answer has begun already. */
    public void answer(HttpServletResponse response, Problem problem) throws IOException {
        telemetry.failed(problem.code());
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        if (problem.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Integer.toString(problem.retryAfterSeconds()));
        }
        if (problem.code() == ErrorCode.TOO_LARGE) {
            // The rest of the body is not worth reading.
            response.setHeader("Connection", "close");
        }
        byte[] body = problem.toBytes();
        response.setContentType(Problem.CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Answers 405 with the methods that are allowed. */
    public void methodNotAllowed(HttpServletRequest request, HttpServletResponse response, String allowed)
            throws IOException {
        response.setHeader("Allow", allowed);
        answer(
                request,
                response,
                new ControlRoomException(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "method " + request.getMethod() + " on " + request.getRequestURI() + "; must be " + allowed));
    }
}

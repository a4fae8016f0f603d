package org.controlroom.api.predict;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.api.problem.ProblemAnswers;
import org.controlroom.core.port.Telemetry;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.predict.ServePrediction;

/**
 * Many products in, one answer a row out, in the same format and order, while rows still arrive. A row that cannot be
 * answered gets an error in its place; the others go on.
 */
@NeedsRole(Role.PUBLIC)
public final class BatchServlet extends HttpServlet {

    private static final int ANSWER_BUFFER = 64 * 1024;

    private final transient ServePrediction predictions;
    private final transient LiveModels models;
    private final transient Telemetry telemetry;
    private final transient ProblemAnswers problems;
    private final transient BatchThreads threads;
    private final transient ProductReader reader = new ProductReader();

    public BatchServlet(
            ServePrediction predictions,
            LiveModels models,
            Telemetry telemetry,
            ProblemAnswers problems,
            BatchThreads threads) {
        this.predictions = predictions;
        this.models = models;
        this.telemetry = telemetry;
        this.problems = problems;
        this.threads = threads;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST")) {
            problems.methodNotAllowed(request, response, "POST");
            return;
        }
        try {
            BatchFormat format = BatchFormat.of(request.getContentType(), request.getQueryString(), reader);
            RequestBody.checkNotPacked(request.getHeader("Content-Encoding"));
            RequestBody.checkAccepted(request.getHeader("Accept"), format.mediaType());
            models.acquire().close();
            threads.enter();
            try {
                BatchRun run = new BatchRun(
                        format, predictions::predictAll, telemetry, request.getRequestURI(), BatchRun.Watching.NOBODY);
                BatchRows rows = run.rows(request.getInputStream());
                response.setContentType(format.mediaType() + ";charset=utf-8");
                response.setBufferSize(ANSWER_BUFFER);
                run.run(rows, response.getOutputStream(), threads);
            } finally {
                threads.leave();
            }
        } catch (RuntimeException | LinkageError e) {
            problems.answer(request, response, e);
        }
    }
}

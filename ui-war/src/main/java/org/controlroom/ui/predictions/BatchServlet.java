package org.controlroom.ui.predictions;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.PredictionsClient;

/**
 * One batch: {@code GET} hands on its answers, because the API may be at an address that browsers cannot reach; {@code POST}
 * removes or cancels it. A plain form, because the rows of the page change while it is looked at.
 */
@WebServlet("/predictions-batch")
public class BatchServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    transient PredictionsClient client;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String id = String.valueOf(request.getParameter("id"));
        try {
            client.answers(id, (type, disposition, in) -> {
                response.setContentType(type);
                response.setHeader("Content-Disposition", disposition);
                in.transferTo(response.getOutputStream());
            });
        } catch (ApiProblem e) {
            answer(response, e);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            client.removeBatch(String.valueOf(request.getParameter("id")));
        } catch (ApiProblem e) {
            if (e.status() != HttpServletResponse.SC_NOT_FOUND) {
                answer(response, e);
                return;
            }
            // It is gone already, which is what was wanted.
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", "predictions-batches");
    }

    private static void answer(HttpServletResponse response, ApiProblem problem) throws IOException {
        if (!response.isCommitted()) {
            response.setStatus(problem.status() > 0 ? problem.status() : HttpServletResponse.SC_BAD_GATEWAY);
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().println(problem.title() + ": " + problem.detail());
        }
    }
}

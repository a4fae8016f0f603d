package org.controlroom.api.predict;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.api.json.JsonBytes;
import org.controlroom.api.problem.ProblemAnswers;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.predict.ServePrediction;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;

/** One product in, one prediction out. A plain servlet, because JAX-RS would cost half of the throughput. */
@NeedsRole(Role.PUBLIC)
public final class PredictServlet extends HttpServlet {

    /** Bytes of a request body at most. */
    public static final int MAX_BODY = 64 * 1024;

    private static final String JSON = "application/json";

    private final transient ServePrediction predictions;
    private final transient ProblemAnswers problems;
    private final transient ProductReader reader = new ProductReader();

    public PredictServlet(ServePrediction predictions, ProblemAnswers problems) {
        this.predictions = predictions;
        this.problems = problems;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long arrivedNanos = System.nanoTime();
        if (!request.getMethod().equals("POST")) {
            problems.methodNotAllowed(request, response, "POST");
            return;
        }
        JsonBytes answer = new JsonBytes(AnswerWriter.USUAL_BYTES);
        try {
            checkMediaTypes(request);
            AnswerWriter writer = AnswerWriter.of(request.getQueryString());
            byte[] body = RequestBody.read(request, MAX_BODY);
            Product product = reader.read(body, body.length);
            Prediction prediction = predictions.predict(product, arrivedNanos);
            writer.write(prediction, answer);
        } catch (RuntimeException | LinkageError e) {
            problems.answer(request, response, e);
            return;
        }
        response.setContentType(JSON);
        response.setContentLength(answer.size());
        answer.writeTo(response.getOutputStream());
    }

    private static void checkMediaTypes(HttpServletRequest request) {
        String contentType = request.getContentType();
        if (!RequestBody.mediaType(contentType, JSON).equals(JSON)) {
            throw new ControlRoomException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type '" + contentType + "'; must be " + JSON);
        }
        RequestBody.checkAccepted(request.getHeader("Accept"), JSON);
    }
}

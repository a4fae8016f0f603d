package org.controlroom.api.predict;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    private static final int WARM_UPS = 12_000;
    private static final Duration WARM_UP_AT_MOST = Duration.ofSeconds(1);
    private static final String WARM_UP_BODY =
            "{\"designation\":\"Lampe de bureau LED\",\"description\":\"Bras articul\u00e9, variateur\",\"imageid\":1}";

    private final transient ServePrediction predictions;
    private final transient ProblemAnswers problems;
    private final transient ProductReader reader = new ProductReader();

    public PredictServlet(ServePrediction predictions, ProblemAnswers problems) {
        this.predictions = predictions;
        this.problems = problems;
    }

    /** Runs the code around the live model often enough for the second compiler; nothing without a live model. */
    @Override
    public void init() {
        byte[] body = WARM_UP_BODY.getBytes(StandardCharsets.UTF_8);
        long end = System.nanoTime() + WARM_UP_AT_MOST.toNanos();
        try {
            for (int i = 0; i < WARM_UPS && System.nanoTime() < end; i++) {
                Prediction prediction = predictions.score(reader.read(body, body.length));
                AnswerWriter.FIVE_BEST.write(prediction, new JsonBytes(AnswerWriter.USUAL_BYTES));
            }
        } catch (ControlRoomException e) {
            // No model serves yet: the first requests will be errors, or come after a training, which takes longer.
        }
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
            PredictQuery query = PredictQuery.of(request.getQueryString());
            AnswerWriter writer = query.answer();
            int explain = query.explain();
            byte[] body = RequestBody.read(request, MAX_BODY);
            Product product = reader.read(body, body.length);
            if (explain > 0) {
                writer.write(predictions.predictAndExplain(product, explain, arrivedNanos), answer);
            } else {
                writer.write(predictions.predict(product, arrivedNanos), answer);
            }
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
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE, RequestBody.named(contentType) + "; must be " + JSON);
        }
        RequestBody.checkNotPacked(request.getHeader("Content-Encoding"));
        RequestBody.checkAccepted(request.getHeader("Accept"), JSON);
    }
}

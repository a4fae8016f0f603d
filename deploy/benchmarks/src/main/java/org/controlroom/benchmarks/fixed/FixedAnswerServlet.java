package org.controlroom.benchmarks.fixed;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the request to its end and answers the same bytes each time, of the length that a prediction has. */
@WebServlet("/predict")
public final class FixedAnswerServlet extends HttpServlet {

    private static final byte[] ANSWER =
            ("{\"predicted_class\":2280,\"probabilities\":{\"2280\":0.8712345,\"2403\":0.0512345,\"10\":0.0212345,"
                            + "\"2705\":0.0112345,\"40\":0.0099999},\"confidence\":0.8712345,"
                            + "\"prediction_id\":\"pred_00000000000000000000\",\"model_name\":\"rakuten_classifier\","
                            + "\"model_version\":\"1\"}")
                    .getBytes(StandardCharsets.UTF_8);

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletInputStream in = request.getInputStream();
        byte[] buffer = new byte[8_192];
        int read = in.read(buffer);
        while (read >= 0) {
            read = in.read(buffer);
        }
        response.setContentType("application/json");
        response.setContentLength(ANSWER.length);
        response.getOutputStream().write(ANSWER);
    }
}

package org.controlroom.api.predict;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.api.json.JsonBytes;
import org.controlroom.api.problem.Problem;
import org.controlroom.api.problem.ProblemAnswers;
import org.controlroom.core.port.Telemetry;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.predict.ServePrediction;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Many products in, one answer a row out, in the same format and order, while rows still arrive. A row that cannot be
 * answered gets an error in its place; the others go on.
 */
@NeedsRole(Role.PUBLIC)
public final class BatchServlet extends HttpServlet {

    /** Rows that one thread answers at a time. */
    private static final int ROWS_A_PART = 64;

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
            BatchFormat format = format(request);
            models.acquire().close();
            threads.enter();
            try {
                Batch batch = new Batch(format, request.getRequestURI());
                batch.run(request, response);
            } finally {
                threads.leave();
            }
        } catch (RuntimeException | LinkageError e) {
            problems.answer(request, response, e);
        }
    }

    private BatchFormat format(HttpServletRequest request) {
        String contentType = request.getContentType();
        ExplanationWriter.refuseInBatch(request.getQueryString());
        AnswerWriter answers = AnswerWriter.of(request.getQueryString());
        BatchFormat format = switch (RequestBody.mediaType(contentType, BatchFormat.Ndjson.MEDIA_TYPE)) {
            case BatchFormat.Ndjson.MEDIA_TYPE -> new BatchFormat.Ndjson(reader, answers);
            case BatchFormat.Csv.MEDIA_TYPE -> new BatchFormat.Csv(answers);
            default ->
                throw new ControlRoomException(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Type '" + contentType + "'; must be " + BatchFormat.Ndjson.MEDIA_TYPE + " or "
                                + BatchFormat.Csv.MEDIA_TYPE);
        };
        RequestBody.checkAccepted(request.getHeader("Accept"), format.mediaType());
        return format;
    }

    /** One request. */
    private final class Batch {
        private final BatchFormat format;
        private final String instance;
        private List<BatchRow> part = new ArrayList<>(ROWS_A_PART);
        private @Nullable BatchAnswers answers;

        Batch(BatchFormat format, String instance) {
            this.format = format;
            this.instance = instance;
        }

        void run(HttpServletRequest request, HttpServletResponse response) throws IOException {
            BatchRows rows = format.rows(new ArrivingBytes(request.getInputStream(), this::sendPart));
            response.setContentType(format.mediaType() + ";charset=utf-8");
            response.setBufferSize(ANSWER_BUFFER);
            BatchAnswers opened = threads.open(response.getOutputStream());
            answers = opened;
            boolean done = false;
            try {
                opened.add(this::begin);
                for (BatchRow row = rows.next(); row != null; row = rows.next()) {
                    part.add(row);
                    if (part.size() == ROWS_A_PART) {
                        sendPart();
                    }
                }
                sendPart();
                opened.finish();
                done = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted in a batch");
            } finally {
                if (!done) {
                    opened.abort();
                }
            }
        }

        private JsonBytes begin() {
            JsonBytes out = new JsonBytes(128);
            format.begin(out);
            return out;
        }

        private void sendPart() throws IOException {
            BatchAnswers opened = answers;
            if (part.isEmpty() || opened == null) {
                return;
            }
            List<BatchRow> sent = part;
            part = new ArrayList<>(ROWS_A_PART);
            try {
                opened.add(() -> answer(sent));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted in a batch");
            }
        }

        private JsonBytes answer(List<BatchRow> rows) {
            JsonBytes out = new JsonBytes(rows.size() * AnswerWriter.USUAL_BYTES);
            for (BatchRow row : rows) {
                try {
                    format.answer(row, predictions.predict(row.product()), out);
                } catch (RuntimeException | LinkageError e) {
                    Problem problem = Problem.of(e, instance);
                    telemetry.failed(problem.code());
                    format.failure(row, problem, out);
                }
            }
            return out;
        }
    }
}

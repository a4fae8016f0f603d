package org.controlroom.api.predict;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.controlroom.api.json.JsonBytes;
import org.controlroom.api.problem.Problem;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.port.Telemetry;
import org.controlroom.core.predict.ServePrediction;
import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;

/**
 * One batch from its first byte to its last: rows are read, worked out by several threads and answered in order, while
 * rows still arrive. A row that cannot be answered gets an error in its place; the others go on.
 */
final class BatchRun {

    /** Rows that one thread answers at a time. */
    private static final int ROWS_A_PART = 64;

    private final BatchFormat format;
    private final BatchPredictions predictions;
    private final Telemetry telemetry;
    private final String instance;
    private final Watching watching;
    private List<BatchRow> part = new ArrayList<>(ROWS_A_PART);
    private @Nullable BatchAnswers answers;

    /** Hears of answered rows, from several threads. */
    interface Watching {
        Watching NOBODY = (rows, failed) -> {};

        void answered(int rows, int failed);
    }

    /** @param instance path of the request, for the problems of rows */
    BatchRun(
            BatchFormat format, BatchPredictions predictions, Telemetry telemetry, String instance, Watching watching) {
        this.format = format;
        this.predictions = predictions;
        this.telemetry = telemetry;
        this.instance = instance;
        this.watching = watching;
    }

    /** The rows of a body, whose waits for more bytes send what is there already. */
    BatchRows rows(InputStream in) throws IOException {
        return format.rows(new ArrivingBytes(in, this::sendPart));
    }

    /** Answers all rows. To be called once. */
    void run(BatchRows rows, OutputStream out, BatchThreads threads) throws IOException {
        BatchAnswers opened = threads.open(out);
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
        AtomicInteger failed = new AtomicInteger();
        // Rows that are no product stand between those that are, and every answer in its place.
        List<Product> products = new ArrayList<>(rows.size());
        for (int next = 0; next <= rows.size(); next++) {
            Throwable reason = null;
            if (next < rows.size()) {
                try {
                    products.add(rows.get(next).product());
                    continue;
                } catch (RuntimeException | LinkageError e) {
                    reason = e;
                }
            }
            int first = next - products.size();
            predictions.predictAll(products, new Writing(rows.subList(first, next), out, failed));
            products.clear();
            if (reason != null) {
                fail(rows.get(next), reason, out, failed);
            }
        }
        watching.answered(rows.size(), failed.get());
        return out;
    }

    private void fail(BatchRow row, Throwable reason, JsonBytes out, AtomicInteger failed) {
        Problem problem = Problem.of(reason, instance);
        telemetry.failed(problem.code());
        format.failure(row, problem, out);
        failed.incrementAndGet();
    }

    private final class Writing implements ServePrediction.Answers {
        private final List<BatchRow> rows;
        private final JsonBytes out;
        private final AtomicInteger failed;

        Writing(List<BatchRow> rows, JsonBytes out, AtomicInteger failed) {
            this.rows = rows;
            this.out = out;
            this.failed = failed;
        }

        @Override
        public void predicted(int row, Prediction prediction) {
            try {
                format.answer(rows.get(row), prediction, out);
            } catch (RuntimeException | LinkageError e) {
                fail(rows.get(row), e, out, failed);
            }
        }

        @Override
        public void failed(int row, Throwable reason) {
            fail(rows.get(row), reason, out, failed);
        }
    }
}

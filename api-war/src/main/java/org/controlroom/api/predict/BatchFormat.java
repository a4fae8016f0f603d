package org.controlroom.api.predict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import org.controlroom.api.json.JsonBytes;
import org.controlroom.api.problem.Problem;
import org.controlroom.core.model.Prediction;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** One of the formats of {@code /predict/batch}: how rows are read and answers written. */
interface BatchFormat {

    /**
     * The format that a request asks for.
     *
     * @param contentType null when the request has none
     * @param query null when the request has none
     * @throws ControlRoomException UNSUPPORTED_MEDIA_TYPE, INVALID_INPUT
     */
    static BatchFormat of(@Nullable String contentType, @Nullable String query, ProductReader reader) {
        ExplanationWriter.refuseInBatch(query);
        AnswerWriter answers = AnswerWriter.of(query);
        String type = RequestBody.plainMediaType(contentType);
        return switch (type) {
            case Ndjson.MEDIA_TYPE -> {
                RequestBody.mediaType(contentType, type);
                yield new Ndjson(reader, answers);
            }
            case Csv.MEDIA_TYPE -> new Csv(answers, RequestBody.charset(contentType));
            default ->
                throw new ControlRoomException(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        Reason.of(
                                "batch-type",
                                "{0}; must be {1} or {2}",
                                RequestBody.named(contentType),
                                Ndjson.MEDIA_TYPE,
                                Csv.MEDIA_TYPE));
        };
    }

    /** Both of the request and of the answer. */
    String mediaType();

    /** @throws ControlRoomException when not even the beginning can be used */
    BatchRows rows(InputStream in) throws IOException;

    /** What comes before the first answer. */
    void begin(JsonBytes out);

    void answer(BatchRow row, Prediction prediction, JsonBytes out);

    void failure(BatchRow row, Problem problem, JsonBytes out);

    /**
     * Newline-delimited JSON.
     *
     * @param answers how one prediction is written
     */
    record Ndjson(ProductReader reader, AnswerWriter answers) implements BatchFormat {

        static final String MEDIA_TYPE = "application/x-ndjson";

        @Override
        public String mediaType() {
            return MEDIA_TYPE;
        }

        @Override
        public BatchRows rows(InputStream in) {
            return new NdjsonRows(in, reader);
        }

        @Override
        public void begin(JsonBytes out) {
            // no header
        }

        @Override
        public void answer(BatchRow row, Prediction prediction, JsonBytes out) {
            answers.write(prediction, out);
            out.raw('\n');
        }

        @Override
        public void failure(BatchRow row, Problem problem, JsonBytes out) {
            out.raw("{\"line\":").number(row.line()).raw(",\"error\":");
            problem.write(out);
            out.raw("}\n");
        }
    }

    /**
     * Comma-separated values; {@code probabilities} holds pairs {@code code:probability} separated by spaces.
     *
     * @param answers which probabilities are written
     * @param encoding of the request; the answer is UTF-8
     */
    record Csv(AnswerWriter answers, Charset encoding) implements BatchFormat {

        static final String MEDIA_TYPE = "text/csv";

        @Override
        public String mediaType() {
            return MEDIA_TYPE;
        }

        @Override
        public BatchRows rows(InputStream in) throws IOException {
            return new CsvRows(in, encoding);
        }

        @Override
        public void begin(JsonBytes out) {
            out.raw("line,productid,predicted_class,confidence,probabilities,prediction_id,model_name,model_version,"
                    + "error_code,error\n");
        }

        @Override
        public void answer(BatchRow row, Prediction prediction, JsonBytes out) {
            out.number(row.line()).raw(',').csv(row.productId()).raw(',');
            out.number(prediction.label())
                    .raw(',')
                    .number(prediction.confidence())
                    .raw(',');
            float[] probabilities = prediction.probabilities();
            String separator = "";
            for (int position : answers.best(probabilities)) {
                out.raw(separator)
                        .number(prediction.labels().code(position))
                        .raw(':')
                        .number(probabilities[position]);
                separator = " ";
            }
            out.raw(',').csv(prediction.id());
            out.raw(',').csv(prediction.modelName());
            out.raw(',').csv(prediction.modelVersion()).raw(",,\n");
        }

        @Override
        public void failure(BatchRow row, Problem problem, JsonBytes out) {
            out.number(row.line()).raw(',').csv(row.productId()).raw(",,,,,,,");
            out.csv(problem.code().name()).raw(',').csv(problem.detail()).raw('\n');
        }
    }
}

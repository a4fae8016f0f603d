package org.controlroom.api.predict;

import java.util.List;
import java.util.Locale;
import org.controlroom.api.json.JsonBytes;
import org.controlroom.core.model.Explanation;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.feature.TextSpan;
import org.jspecify.annotations.Nullable;

/** Reads {@code explain} from a query and writes the explanation that it asks for. */
final class ExplanationWriter {

    /** Terms for and terms against in an answer at most. */
    static final int MOST_TERMS = 50;

    private static final String EXPLAIN = "explain=";

    private ExplanationWriter() {}

    /**
     * Terms for and terms against that the query asks for; 0 when it asks for none.
     *
     * @param query null when the request has none
     * @throws ControlRoomException INVALID_INPUT
     */
    static int termsEachWay(@Nullable String query) {
        if (query == null || !query.contains("explain")) {
            return 0;
        }
        int terms = 0;
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(EXPLAIN)) {
                terms = number(parameter.substring(EXPLAIN.length()));
            } else if (parameter.equals("explain")) {
                terms = number("");
            }
        }
        return terms;
    }

    /** @throws ControlRoomException INVALID_INPUT when the query asks for an explanation */
    static void refuseInBatch(@Nullable String query) {
        if (termsEachWay(query) > 0) {
            throw invalid("explain: is not answered in batches; ask /predict for one product at a time");
        }
    }

    private static int number(String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= MOST_TERMS) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, with the numbers out of range
        }
        throw invalid("'" + value + "'; must be a number of terms, 1.." + MOST_TERMS);
    }

    private static ControlRoomException invalid(String message) {
        return new ControlRoomException(ErrorCode.INVALID_INPUT, "query", List.of(new Problem("explain", message)));
    }

    /** Appends the explanation as one JSON object. */
    static void write(Explanation explanation, JsonBytes out) {
        out.raw('{');
        writeFields(explanation.answer(), out);
        explanation.runnerUp().ifPresent(label -> {
            out.raw(",\"runner_up\":{");
            writeFields(label, out);
            out.raw('}');
        });
        out.raw('}');
    }

    private static void writeFields(Explanation.Label label, JsonBytes out) {
        out.raw("\"label\":").number(label.code());
        out.raw(",\"score\":").number(label.score());
        out.raw(",\"bias\":").number(label.bias());
        out.raw(",\"terms\":[");
        String separator = "";
        for (Explanation.Term term : label.terms()) {
            out.raw(separator);
            write(term, out);
            separator = ",";
        }
        out.raw("],\"rest\":").number(label.rest());
        out.raw(",\"other_terms\":").number(label.otherTerms());
    }

    private static void write(Explanation.Term term, JsonBytes out) {
        out.raw("{\"contribution\":").number(term.contribution());
        // Where several terms share a feature, the first one stands for it and the others are named beside it.
        for (int i = 0; i < term.places().size(); i++) {
            out.raw(i == 0 ? "," : i == 1 ? ",\"shared_with\":[{" : "},{");
            write(term.places().get(i), out);
        }
        out.raw(term.places().size() > 1 ? "}]}" : "}");
    }

    private static void write(Explanation.Place place, JsonBytes out) {
        out.raw("\"term\":").string(place.term());
        out.raw(",\"source\":").string(place.source());
        out.raw(",\"spans\":[");
        String separator = "";
        for (TextSpan span : place.spans()) {
            out.raw(separator).raw("{\"field\":\"");
            out.raw(span.field().name().toLowerCase(Locale.ROOT));
            out.raw("\",\"start\":").number(span.start());
            out.raw(",\"end\":").number(span.end()).raw('}');
            separator = ",";
        }
        out.raw(']');
    }
}

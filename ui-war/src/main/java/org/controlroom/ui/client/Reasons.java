package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the score of one label is made of.
 *
 * @param label product type code
 * @param score bias, contributions and rest together; before calibration
 * @param bias what the label has without any term
 * @param terms the strongest first
 * @param rest what all other terms added together
 * @param otherTerms how many those are
 */
public record Reasons(int label, double score, double bias, List<Term> terms, double rest, int otherTerms) {

    public Reasons {
        terms = List.copyOf(terms);
    }

    /**
     * One term of the text.
     *
     * @param term as the model sees it
     * @param source what kind of term
     * @param contribution above 0 when it speaks for the label
     * @param sharedWith terms that the model cannot tell from this one
     */
    public record Term(String term, String source, double contribution, List<Span> spans, List<String> sharedWith) {
        public Term {
            spans = List.copyOf(spans);
            sharedWith = List.copyOf(sharedWith);
        }
    }

    /** @param field {@code designation} or {@code description} */
    public record Span(String field, int start, int end) {}

    /** Without the terms whose contribution is less than this either way; they count among the others. */
    public Reasons from(double least) {
        List<Term> kept = terms.stream()
                .filter(term -> Math.abs(term.contribution()) >= least)
                .toList();
        double dropped = terms.stream().mapToDouble(Term::contribution).sum()
                - kept.stream().mapToDouble(Term::contribution).sum();
        return new Reasons(label, score, bias, kept, rest + dropped, otherTerms + terms.size() - kept.size());
    }

    static Reasons of(JsonObject label) {
        return new Reasons(
                label.getInt("label"),
                label.getJsonNumber("score").doubleValue(),
                label.getJsonNumber("bias").doubleValue(),
                label.getJsonArray("terms").getValuesAs(Reasons::term),
                label.getJsonNumber("rest").doubleValue(),
                label.getInt("other_terms"));
    }

    static @Nullable Reasons ofRunnerUp(JsonObject explanation) {
        return explanation.containsKey("runner_up") ? of(explanation.getJsonObject("runner_up")) : null;
    }

    private static Term term(jakarta.json.JsonValue value) {
        JsonObject term = value.asJsonObject();
        List<String> others = term.containsKey("shared_with")
                ? term.getJsonArray("shared_with")
                        .getValuesAs(other -> other.asJsonObject().getString("term"))
                : List.of();
        return new Term(
                term.getString("term", "?"),
                term.getString("source", ""),
                term.getJsonNumber("contribution").doubleValue(),
                term.containsKey("spans") ? term.getJsonArray("spans").getValuesAs(Reasons::span) : List.of(),
                others);
    }

    private static Span span(jakarta.json.JsonValue value) {
        JsonObject span = value.asJsonObject();
        return new Span(span.getString("field"), span.getInt("start"), span.getInt("end"));
    }
}

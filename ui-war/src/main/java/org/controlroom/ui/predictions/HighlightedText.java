package org.controlroom.ui.predictions;

import java.util.ArrayList;
import java.util.List;
import org.controlroom.ui.client.Reasons;

/**
 * A text cut where the terms that spoke for or against a label begin and end. What terms on top of each other added is
 * added up.
 */
public final class HighlightedText {

    private static final int LEVELS = 3;

    private HighlightedText() {}

    /**
     * One piece of a text.
     *
     * @param added what the terms on it added together; 0 for none
     * @param level 1 to 3 for weak to strong; 0 for none
     */
    public record Piece(String text, double added, int level) {
        public boolean isFor() {
            return level > 0 && added > 0;
        }

        public boolean isAgainst() {
            return level > 0 && added < 0;
        }
    }

    /** Both texts of a product, marked on one scale. */
    public record Marked(List<Piece> designation, List<Piece> description) {}

    static Marked mark(String designation, String description, Reasons reasons) {
        double[] onDesignation = added(designation, "designation", reasons);
        double[] onDescription = added(description, "description", reasons);
        double strongest = Math.max(strongest(onDesignation), strongest(onDescription));
        return new Marked(pieces(designation, onDesignation, strongest), pieces(description, onDescription, strongest));
    }

    /** What was added on each character. */
    private static double[] added(String text, String field, Reasons reasons) {
        double[] added = new double[text.length()];
        for (Reasons.Term term : reasons.terms()) {
            // A term counts once on a character, in how many of its places this is.
            boolean[] covered = new boolean[text.length()];
            for (Reasons.Span span : term.spans()) {
                for (int i = span.start(); span.field().equals(field) && i < Math.min(span.end(), text.length()); i++) {
                    covered[i] = true;
                }
            }
            for (int i = 0; i < added.length; i++) {
                added[i] += covered[i] ? term.contribution() : 0;
            }
        }
        return added;
    }

    private static double strongest(double[] added) {
        double strongest = 0;
        for (double one : added) {
            strongest = Math.max(strongest, Math.abs(one));
        }
        return strongest;
    }

    private static List<Piece> pieces(String text, double[] added, double strongest) {
        List<Piece> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= added.length; i++) {
            if (i == added.length || added[i] != added[start]) {
                int level = added[start] == 0 ? 0 : (int) Math.ceil(LEVELS * Math.abs(added[start]) / strongest);
                pieces.add(new Piece(text.substring(start, i), added[start], level));
                start = i;
            }
        }
        return pieces;
    }
}

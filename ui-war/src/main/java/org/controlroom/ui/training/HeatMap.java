package org.controlroom.ui.training;

import java.util.ArrayList;
import java.util.List;
import org.controlroom.ui.client.ConfusionMatrix;
import org.controlroom.ui.frame.Query;
import org.jspecify.annotations.Nullable;

/**
 * A confusion matrix as it is drawn: a table of counts, each with a depth of colour that grows with the logarithm of the
 * count, because right answers outnumber single mistakes a thousandfold.
 */
public record HeatMap(List<String> labels, List<Line> lines) {

    /** Depths of colour above none. */
    static final int LEVELS = 8;

    /**
     * All rows with one true label.
     *
     * @param total how many there are
     */
    public record Line(String label, long total, List<Cell> cells) {}

    /**
     * @param level 0 for no colour, up to 8
     * @param right whether these answers were right
     * @param link list of these products; null when there is none
     */
    public record Cell(
            String predicted,
            long count,
            int level,
            boolean right,
            @Nullable String link) {}

    /** @param run registry run whose mistakes were kept; null when they were not */
    static HeatMap of(ConfusionMatrix matrix, @Nullable String run) {
        long most = matrix.counts().stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < matrix.labels().size(); i++) {
            String truth = matrix.labels().get(i);
            List<Cell> cells = new ArrayList<>();
            long total = 0;
            for (int j = 0; j < matrix.labels().size(); j++) {
                long count = matrix.counts().get(i).get(j);
                total += count;
                String predicted = matrix.labels().get(j);
                String link = run == null || i == j || count == 0
                        ? null
                        : Query.NONE
                                .with("run", run)
                                .with("true", truth)
                                .with("predicted", predicted)
                                .link(TrainingMistakesPage.PAGE);
                cells.add(new Cell(predicted, count, level(count, most), i == j, link));
            }
            lines.add(new Line(truth, total, List.copyOf(cells)));
        }
        return new HeatMap(matrix.labels(), List.copyOf(lines));
    }

    static int level(long count, long most) {
        if (count <= 0 || most <= 0) {
            return 0;
        }
        return Math.max(1, (int) Math.round(LEVELS * Math.log1p((double) count) / Math.log1p((double) most)));
    }
}

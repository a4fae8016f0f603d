package org.controlroom.core.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.json.Json;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * The hold-out products that a model answered wrongly, as the artifact {@value #FILE} keeps them: the surest mistakes
 * first, at most 100 for each pair of true and predicted label and 20,000 in all.
 *
 * @param total mistakes on all hold-out rows, kept or not
 * @param rows those that are kept, by confidence, highest first, then by product id
 */
public record MisclassifiedProducts(long total, List<Row> rows) {

    /** Name of the artifact. */
    public static final String FILE = "misclassified.json";

    private static final int MAX_A_CELL = 100;
    private static final int MAX_ROWS = 20_000;
    private static final int MAX_TITLE = 200;

    private static final Comparator<Row> SUREST_FIRST =
            Comparator.comparingDouble(Row::confidence).reversed().thenComparingLong(Row::productId);

    public MisclassifiedProducts {
        rows = List.copyOf(rows);
    }

    /**
     * One mistake.
     *
     * @param designation the product's title when it was measured, cut to 200 characters
     * @param confidence probability of the predicted label, 0..1
     * @param probabilityOfTrue probability of the true label, 0..1
     */
    public record Row(
            long productId,
            String designation,
            int trueLabel,
            int predictedLabel,
            double confidence,
            double probabilityOfTrue) {}

    static MisclassifiedProducts of(TrainingSet.Part part, Evaluation.Answers answers) {
        List<Row> wrong = new ArrayList<>();
        for (int row = 0; row < part.rows(); row++) {
            int predicted = answers.labels().code(answers.best()[row]);
            int truth = part.labels()[row];
            if (predicted != truth) {
                wrong.add(new Row(
                        part.ids()[row],
                        cut(part.products().get(row).designation()),
                        truth,
                        predicted,
                        answers.confidence()[row],
                        answers.ofTruth()[row]));
            }
        }
        wrong.sort(SUREST_FIRST);
        Map<String, Integer> ofCell = new HashMap<>();
        List<Row> kept = new ArrayList<>();
        for (Row row : wrong) {
            String cell = row.trueLabel + ">" + row.predictedLabel;
            if (ofCell.merge(cell, 1, Integer::sum) <= MAX_A_CELL && kept.size() < MAX_ROWS) {
                kept.add(row);
            }
        }
        return new MisclassifiedProducts(wrong.size(), kept);
    }

    private static String cut(String title) {
        if (title.length() <= MAX_TITLE) {
            return title;
        }
        int end = Character.isHighSurrogate(title.charAt(MAX_TITLE - 2)) ? MAX_TITLE - 2 : MAX_TITLE - 1;
        return title.substring(0, end) + '…';
    }

    Json json() {
        List<Json> lines = new ArrayList<>(rows.size());
        for (Row row : rows) {
            lines.add(new Json.Obj(new TreeMap<>(Map.of(
                    "product_id", Json.of(row.productId),
                    "designation", Json.of(row.designation),
                    "true_label", Json.of(row.trueLabel),
                    "predicted_label", Json.of(row.predictedLabel),
                    "confidence", Json.of((float) row.confidence),
                    "probability_of_true", Json.of((float) row.probabilityOfTrue)))));
        }
        return new Json.Obj(new TreeMap<>(Map.of("total", Json.of(total), "rows", new Json.Arr(lines))));
    }

    /**
     * Reads the artifact.
     *
     * @throws ControlRoomException ARTIFACT_INVALID when it is not one, STORAGE_FAILED when it cannot be read
     */
    public static MisclassifiedProducts read(Path file) {
        try {
            Json all = Json.parse(Files.readString(file, StandardCharsets.UTF_8));
            List<Row> rows = new ArrayList<>();
            for (Json row : all.get("rows").items()) {
                rows.add(new Row(
                        row.get("product_id").integer(),
                        row.get("designation").text(),
                        Math.toIntExact(row.get("true_label").integer()),
                        Math.toIntExact(row.get("predicted_label").integer()),
                        row.get("confidence").decimal(),
                        row.get("probability_of_true").decimal()));
            }
            return new MisclassifiedProducts(all.get("total").integer(), rows);
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot read " + file + ": " + e, e);
        }
    }
}

package org.controlroom.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MisclassifiedProductsTest {

    @TempDir
    Path folder;

    /** All rows are of class 10; the first are answered with 10, the next with 20, the last with 30. */
    private static MisclassifiedProducts mistakes(int right, int with20, int with30) {
        int rows = right + with20 + with30;
        List<Product> products = new ArrayList<>();
        long[] ids = new long[rows];
        int[] labels = new int[rows];
        Evaluation.Answers answers = Evaluation.Answers.room(Labels.of(new int[] {10, 20, 30}), rows);
        for (int row = 0; row < rows; row++) {
            products.add(new Product("title \"" + row + "\" é " + "x".repeat(row), ""));
            ids[row] = 1000L + row;
            labels[row] = 10;
            float best = 0.5f + row / 1000f;
            float rest = (1 - best) / 2;
            answers.set(
                    row,
                    row < right
                            ? new float[] {best, rest, rest}
                            : row < right + with20 ? new float[] {rest, best, rest} : new float[] {rest, rest, best},
                    10);
        }
        return MisclassifiedProducts.of(new TrainingSet.Part(products, ids, labels), answers);
    }

    @Test
    void theSurestHundredOfEachPairOfClassesAreKept() {
        MisclassifiedProducts mistakes = mistakes(10, 150, 20);

        assertThat(mistakes.total()).isEqualTo(170);
        assertThat(mistakes.rows()).hasSize(120);
        assertThat(mistakes.rows())
                .filteredOn(row -> row.predictedLabel() == 20)
                .hasSize(100);
        assertThat(mistakes.rows().get(0).productId()).isEqualTo(1179);
        assertThat(mistakes.rows())
                .isSortedAccordingTo((a, b) -> Double.compare(b.confidence(), a.confidence()))
                .allSatisfy(row -> assertThat(row.designation()).hasSizeLessThanOrEqualTo(200));
    }

    @Test
    void theFileHasWhatWasFound() throws Exception {
        MisclassifiedProducts mistakes = mistakes(3, 2, 1);
        Path file = Files.writeString(
                folder.resolve(MisclassifiedProducts.FILE), mistakes.json().write());

        MisclassifiedProducts read = MisclassifiedProducts.read(file);
        assertThat(read.total()).isEqualTo(3);
        assertThat(read.rows()).hasSameSizeAs(mistakes.rows());
        for (int i = 0; i < 3; i++) {
            assertThat(read.rows().get(i).productId())
                    .isEqualTo(mistakes.rows().get(i).productId());
            assertThat(read.rows().get(i).designation())
                    .isEqualTo(mistakes.rows().get(i).designation());
            assertThat((float) read.rows().get(i).confidence())
                    .isEqualTo((float) mistakes.rows().get(i).confidence());
        }
        assertThat(mistakes(5, 0, 0).rows()).isEmpty();
    }

    @Test
    void anotherFileIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("other.json"), "{\"total\":1}");
        assertThatThrownBy(() -> MisclassifiedProducts.read(file)).hasMessageContaining("'rows' is missing");
    }
}

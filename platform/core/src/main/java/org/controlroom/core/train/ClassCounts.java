package org.controlroom.core.train;

import java.util.Arrays;
import java.util.stream.Stream;
import org.controlroom.spi.Labels;

/**
 * Rows of each label, in label order. Nobody writes to the arrays.
 *
 * @param labels all that occur, and all that the model knows
 * @param train rows that were trained on
 * @param test rows that were held out
 * @param predicted answers with that label on those held out
 */
record ClassCounts(Labels labels, long[] train, long[] test, long[] predicted) {

    static ClassCounts of(TrainingSet set, Evaluation.Answers answers) {
        Labels labels = Labels.of(Stream.of(
                        set.train().labels(),
                        set.test().labels(),
                        answers.labels().toArray())
                .flatMapToInt(Arrays::stream)
                .toArray());
        long[] train = new long[labels.size()];
        long[] test = new long[labels.size()];
        long[] predicted = new long[labels.size()];
        for (int label : set.train().labels()) {
            train[labels.indexOf(label)]++;
        }
        for (int label : set.test().labels()) {
            test[labels.indexOf(label)]++;
        }
        for (int best : answers.best()) {
            predicted[labels.indexOf(answers.labels().code(best))]++;
        }
        return new ClassCounts(labels, train, test, predicted);
    }
}

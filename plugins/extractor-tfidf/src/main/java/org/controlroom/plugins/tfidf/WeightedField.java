package org.controlroom.plugins.tfidf;

import java.util.ArrayList;
import java.util.List;
import org.controlroom.spi.Problem;
import org.controlroom.text.TextField;
import org.controlroom.text.TextField.Kind;
import org.controlroom.text.TextField.Part;

/**
 * One field as the settings describe it.
 *
 * @param key prefix of its settings
 * @param part which characters
 * @param kind what a term is
 * @param weight length of its part of the vector, 0 or more
 * @param min shortest n-gram
 * @param max longest n-gram
 * @param maxFeatures most features kept
 * @param minDf fewest products, a fraction when below 1
 * @param ends whether first and last word are terms of their own
 */
record WeightedField(
        String key, Part part, Kind kind, float weight, int min, int max, int maxFeatures, double minDf, boolean ends) {

    /** All fields, in the order of their features in a vector. */
    static List<WeightedField> all(TfidfSettings s) {
        return List.of(
                new WeightedField(
                        "titleWords",
                        Part.TITLE,
                        Kind.WORDS,
                        s.titleWordsWeight(),
                        s.titleWordsMin(),
                        s.titleWordsMax(),
                        s.titleWordsMaxFeatures(),
                        s.titleWordsMinDf(),
                        s.titleWordsEnds()),
                new WeightedField(
                        "descriptionWords",
                        Part.DESCRIPTION,
                        Kind.WORDS,
                        s.descriptionWordsWeight(),
                        s.descriptionWordsMin(),
                        s.descriptionWordsMax(),
                        s.descriptionWordsMaxFeatures(),
                        s.descriptionWordsMinDf(),
                        false),
                new WeightedField(
                        "textWords",
                        Part.TEXT,
                        Kind.WORDS,
                        s.textWordsWeight(),
                        s.textWordsMin(),
                        s.textWordsMax(),
                        s.textWordsMaxFeatures(),
                        s.textWordsMinDf(),
                        false),
                new WeightedField(
                        "titleCharacters",
                        Part.TITLE,
                        Kind.CHARACTERS,
                        s.titleCharactersWeight(),
                        s.titleCharactersMin(),
                        s.titleCharactersMax(),
                        s.titleCharactersMaxFeatures(),
                        s.titleCharactersMinDf(),
                        false),
                new WeightedField(
                        "textCharacters",
                        Part.TEXT,
                        Kind.CHARACTERS,
                        s.textCharactersWeight(),
                        s.textCharactersMin(),
                        s.textCharactersMax(),
                        s.textCharactersMaxFeatures(),
                        s.textCharactersMinDf(),
                        false));
    }

    /** The fields that are switched on. */
    static List<WeightedField> active(TfidfSettings settings) {
        return all(settings).stream().filter(field -> field.weight > 0).toList();
    }

    TextField terms() {
        return new TextField(part, kind, min, max, ends);
    }

    /** Rules between settings; each by itself is checked by the schema. */
    static List<Problem> check(TfidfSettings settings) {
        List<Problem> problems = new ArrayList<>();
        for (WeightedField field : all(settings)) {
            if (field.min > field.max) {
                problems.add(new Problem(field.key + "Min", field.min + " is above " + field.key + "Max=" + field.max));
            }
        }
        if (active(settings).isEmpty()) {
            problems.add(new Problem("textWordsWeight", "is 0 as all weights are; at least one must be above 0"));
        }
        return problems;
    }
}

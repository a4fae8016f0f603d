package org.controlroom.plugins.hashing;

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
 */
record HashedField(String key, Part part, Kind kind, float weight, int min, int max) {

    static List<HashedField> all(HashingSettings s) {
        return List.of(
                new HashedField(
                        "titleWords",
                        Part.TITLE,
                        Kind.WORDS,
                        s.titleWordsWeight(),
                        s.titleWordsMin(),
                        s.titleWordsMax()),
                new HashedField(
                        "descriptionWords",
                        Part.DESCRIPTION,
                        Kind.WORDS,
                        s.descriptionWordsWeight(),
                        s.descriptionWordsMin(),
                        s.descriptionWordsMax()),
                new HashedField(
                        "textWords", Part.TEXT, Kind.WORDS, s.textWordsWeight(), s.textWordsMin(), s.textWordsMax()),
                new HashedField(
                        "titleCharacters",
                        Part.TITLE,
                        Kind.CHARACTERS,
                        s.titleCharactersWeight(),
                        s.titleCharactersMin(),
                        s.titleCharactersMax()),
                new HashedField(
                        "textCharacters",
                        Part.TEXT,
                        Kind.CHARACTERS,
                        s.textCharactersWeight(),
                        s.textCharactersMin(),
                        s.textCharactersMax()));
    }

    /** The fields that are switched on. */
    static List<HashedField> active(HashingSettings settings) {
        return all(settings).stream().filter(field -> field.weight > 0).toList();
    }

    TextField terms() {
        return new TextField(part, kind, min, max, false);
    }

    /** Rules between settings; each by itself is checked by the schema. */
    static List<Problem> check(HashingSettings settings) {
        List<Problem> problems = new ArrayList<>();
        for (HashedField field : all(settings)) {
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

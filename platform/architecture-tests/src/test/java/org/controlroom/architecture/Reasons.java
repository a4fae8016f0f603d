package org.controlroom.architecture;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reasons that sources give by {@code Reason.of("key", "sentence", …)}, as they stand there. */
final class Reasons {

    private static final Pattern GIVEN = Pattern.compile("Reason\\s*\\.of\\(\\s*");
    private static final Pattern KEY_AND_SENTENCE =
            Pattern.compile("\"([a-z0-9-]+)\",\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    private Reasons() {}

    /** Sentence by key. */
    static SortedMap<String, String> in(String source) {
        SortedMap<String, String> sentences = new TreeMap<>();
        Matcher given = GIVEN.matcher(source);
        while (given.find()) {
            Matcher reason = KEY_AND_SENTENCE.matcher(source).region(given.end(), source.length());
            if (!reason.lookingAt()) {
                String found = source.substring(given.start(), Math.min(source.length(), given.end() + 60));
                throw new IllegalArgumentException(found + "…: key and sentence must stand there as texts");
            }
            String sentence = reason.group(2).replaceAll("\"\\s*\\+\\s*\"", "").strip();
            String before = sentences.put(reason.group(1), sentence);
            if (before != null && !before.equals(sentence)) {
                throw new IllegalArgumentException(
                        reason.group(1) + " stands for two sentences: " + before + " and " + sentence);
            }
        }
        return sentences;
    }

    /** The places of a sentence. */
    static SortedSet<String> places(String sentence) {
        SortedSet<String> places = new TreeSet<>();
        Matcher place = PLACE.matcher(sentence);
        while (place.find()) {
            places.add(place.group(1));
        }
        return places;
    }
}

package org.controlroom.store;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whether a designation holds every word of a search, also within its words, ignoring case and accents. */
record DesignationMatch(List<String> words) {

    /** @param text words with spaces between them; without words, everything matches */
    static DesignationMatch of(String text) {
        return new DesignationMatch(Stream.of(folded(text).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList());
    }

    boolean test(String designation) {
        String folded = folded(designation);
        for (String word : words) {
            if (!folded.contains(word)) {
                return false;
            }
        }
        return true;
    }

    /** Lower case without accents: {@code Écran} becomes {@code ecran}. */
    static String folded(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (isAscii(lower)) {
            return lower;
        }
        String apart = Normalizer.normalize(lower, Normalizer.Form.NFD);
        StringBuilder folded = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                folded.append(c);
            }
        }
        return folded.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }
}

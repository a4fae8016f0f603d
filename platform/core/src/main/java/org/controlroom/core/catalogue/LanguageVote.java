package org.controlroom.core.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.controlroom.spi.Product;

/**
 * Guesses the language of a product, because the challenge's files do not say it: every stop word of a language is a vote
 * for it, and the language with the most votes wins. Fewer than two votes, or two languages with equally many, are
 * {@code unknown}. A list holds only words that are not as usual in one of the other languages, so {@code on}, {@code in}
 * and {@code des} count for none. Read are the title and the first 2,000 characters of the description.
 */
public final class LanguageVote {

    /** The answer when the words do not tell. */
    public static final String UNKNOWN = "unknown";

    /** The languages that can be told, as ISO 639-1 codes. */
    public static final List<String> LANGUAGES = List.of("fr", "en", "de");

    private static final int MIN_VOTES = 2;
    private static final int MAX_DESCRIPTION = 2_000;
    private static final int LONGEST_WORD = 6;

    private static final Map<String, Integer> VOTES = votes(
            "au aux avec ce ces cette dans de du elle en est et il ils la le les leur mais nos notre nous ou par pas"
                    + " pour que qui sa sans ses sont sur tous tout très un une vos votre vous être",
            "and are at be been but by can for from has have how if into is it its more my not of our that the their"
                    + " there these they this to we what when which with you your",
            "aber auch auf aus bei bis das dem den der die ein eine einem einen einer für ihr im ist kann mit nach"
                    + " nicht noch nur oder sich sie sind um und vom von wenn werden wie wir wird zu zum zur über");

    private LanguageVote() {}

    private static Map<String, Integer> votes(String... lists) {
        Map<String, Integer> votes = new HashMap<>();
        for (int language = 0; language < lists.length; language++) {
            for (String word : lists[language].split(" ", -1)) {
                votes.put(word, language);
            }
        }
        return Map.copyOf(votes);
    }

    /** One of {@link #LANGUAGES}, or {@link #UNKNOWN}. */
    public static String of(Product product) {
        int[] votes = new int[LANGUAGES.size()];
        count(product.designation(), product.designation().length(), votes);
        count(
                product.description(),
                Math.min(MAX_DESCRIPTION, product.description().length()),
                votes);
        int best = 0;
        boolean tied = false;
        for (int i = 1; i < votes.length; i++) {
            tied = votes[i] == votes[best] || (tied && votes[i] < votes[best]);
            best = votes[i] > votes[best] ? i : best;
        }
        return tied || votes[best] < MIN_VOTES ? UNKNOWN : LANGUAGES.get(best);
    }

    private static void count(String text, int length, int[] votes) {
        int start = 0;
        for (int i = 0; i <= length; i++) {
            if (i < length && Character.isLetter(text.charAt(i))) {
                continue;
            }
            if (i - start > 1 && i - start <= LONGEST_WORD) {
                Integer language = VOTES.get(text.substring(start, i).toLowerCase(Locale.ROOT));
                if (language != null) {
                    votes[language]++;
                }
            }
            start = i + 1;
        }
    }
}

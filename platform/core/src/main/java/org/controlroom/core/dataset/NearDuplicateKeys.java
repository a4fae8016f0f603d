package org.controlroom.core.dataset;

import java.text.Normalizer;
import org.controlroom.core.model.SplitMix64;
import org.controlroom.spi.Product;

/**
 * Keys of a product's text: two products that share a key at the same place count as near-duplicates. Words are runs of
 * letters and digits without case and accents; tags are no words.
 *
 * <p>One key is the set of words of the title, one that of a longer description. The others are bands of MinHash values
 * (Broder 1997, "On the resemblance and containment of documents") over the pairs of neighbouring words of title and
 * description: with {@value #BANDS} bands of {@value #ROWS} values, two texts whose pairs have Jaccard similarity s share
 * a band with probability 1 - (1 - s^{@value #ROWS})^{@value #BANDS}: 0.99997 at 0.8, 0.96 at 0.7, 0.20 at 0.5, 0.008 at
 * 0.33. Fewer values in a band would let short titles of one pattern meet by chance, and with them both sides.
 * Not thread-safe.
 */
final class NearDuplicateKeys {

    private static final int BANDS = 56;
    private static final int ROWS = 8;
    private static final int VALUES = BANDS * ROWS;

    /** Keys of one product. */
    static final int COUNT = BANDS + 2;

    /** Fewer words of a description say nothing: "see the pictures" stands under many products. */
    private static final int MIN_DESCRIPTION_WORDS = 8;

    private static final int[] MULTIPLIERS = new int[VALUES];
    private static final int[] ADDENDS = new int[VALUES];

    static {
        for (int i = 0; i < VALUES; i++) {
            long mixed = SplitMix64.mix(i);
            MULTIPLIERS[i] = (int) mixed | 1;
            ADDENDS[i] = (int) (mixed >>> 32);
        }
    }

    private final int[] least = new int[VALUES];
    private long[] words = new long[256];
    private int wordCount;

    /** Writes the keys of a product into the places from {@code offset} on. */
    void write(Product product, int[] keys, int offset) {
        wordCount = 0;
        addWords(product.designation());
        int titleWords = wordCount;
        keys[offset] = titleWords == 0 ? unique(product) : setOf(0, titleWords, 1);
        addWords(product.description());
        keys[offset + 1] =
                wordCount - titleWords < MIN_DESCRIPTION_WORDS ? unique(product) : setOf(titleWords, wordCount, 2);
        java.util.Arrays.fill(least, Integer.MAX_VALUE);
        if (wordCount < 2) {
            add(wordCount == 0 ? unique(product) : (int) words[0]);
        }
        for (int i = 1; i < wordCount; i++) {
            add((int) (SplitMix64.mix(words[i - 1] * 31 + words[i]) >>> 32));
        }
        for (int band = 0; band < BANDS; band++) {
            long key = band;
            for (int row = 0; row < ROWS; row++) {
                key = SplitMix64.mix(key ^ least[band * ROWS + row]);
            }
            keys[offset + 2 + band] = (int) (key >>> 32);
        }
    }

    private void add(int shingle) {
        for (int i = 0; i < VALUES; i++) {
            least[i] = Math.min(least[i], shingle * MULTIPLIERS[i] + ADDENDS[i]);
        }
    }

    /** In any order; a word counts as often as it stands there. */
    private int setOf(int from, int to, int salt) {
        long sum = salt;
        for (int i = from; i < to; i++) {
            sum += SplitMix64.mix(words[i]);
        }
        return (int) (SplitMix64.mix(sum) >>> 32);
    }

    /** For texts without words: shared only by the very same text. */
    private static int unique(Product product) {
        return product.designation().hashCode() * 31 + product.description().hashCode();
    }

    private void addWords(String given) {
        String text = Normalizer.isNormalized(given, Normalizer.Form.NFD)
                ? given
                : Normalizer.normalize(given, Normalizer.Form.NFD);
        long word = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '<' && i + 1 < length && (text.charAt(i + 1) == '/' || isLetter(text.charAt(i + 1)))) {
                int end = text.indexOf('>', i);
                if (end > 0) {
                    addWord(word);
                    word = 0;
                    i = end;
                    continue;
                }
            }
            if (isLetter(c)) {
                word = (word ^ Character.toLowerCase(c)) * 0x100000001b3L + 1;
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                addWord(word);
                word = 0;
            }
        }
        addWord(word);
    }

    private static boolean isLetter(char c) {
        return c < 128
                ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                : Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }

    private void addWord(long word) {
        if (word == 0) {
            return;
        }
        if (wordCount == words.length) {
            words = java.util.Arrays.copyOf(words, words.length * 2);
        }
        words[wordCount++] = SplitMix64.mix(word);
    }
}

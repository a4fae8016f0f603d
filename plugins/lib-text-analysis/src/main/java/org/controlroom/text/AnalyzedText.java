package org.controlroom.text;

/**
 * The analysis of one product, and the memory it needs; reused for one product after the other. Not thread-safe.
 *
 * <p>Characters and tokens of the title come first, those of the description after them, so that both together are one
 * range as well.
 */
public final class AnalyzedText {

    /** Above this a scratch object would hold on to the memory of one monstrous text. */
    private static final int MAX_KEPT = 1 << 18;

    final CharBuffer raw = new CharBuffer();
    final CharBuffer text = new CharBuffer();
    final TextCleaner cleaner = new TextCleaner();

    int titleEnd;
    int descriptionStart;

    final Tokens tokens = new Tokens();
    int titleTokens;

    /** Whether this is small enough to be kept for the next product. */
    boolean worthKeeping() {
        return raw.chars.length <= MAX_KEPT && text.chars.length <= MAX_KEPT && tokens.hashes.length <= MAX_KEPT;
    }

    /** The analysed title. */
    public String title() {
        return new String(text.chars, 0, titleEnd);
    }

    /** The analysed title and description. */
    public String text() {
        return new String(text.chars, 0, text.length);
    }
}

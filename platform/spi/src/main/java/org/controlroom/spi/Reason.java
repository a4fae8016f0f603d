package org.controlroom.spi;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why something is refused, so that it can be said in other languages, too.
 *
 * @param key stands for the sentence and keeps its meaning: {@code unknown-run}
 * @param values what the sentence speaks of, in the order of its places
 * @param text the sentence in English with its values
 */
public record Reason(String key, List<String> values, String text) {

    public Reason {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(text, "text");
        values = List.copyOf(values);
    }

    /**
     * A sentence with its values.
     *
     * @param key as above; one key, one sentence
     * @param sentence in English; {@code {0}} is the place of the first value
     * @param values null is said as {@code null}
     */
    public static Reason of(String key, String sentence, @Nullable Object... values) {
        List<String> texts = Arrays.stream(values).map(String::valueOf).toList();
        StringBuilder text = new StringBuilder();
        int at = 0;
        for (int open = sentence.indexOf('{'); open >= 0; open = sentence.indexOf('{', at)) {
            int close = sentence.indexOf('}', open);
            text.append(sentence, at, open).append(texts.get(Integer.parseInt(sentence.substring(open + 1, close))));
            at = close + 1;
        }
        return new Reason(
                key, texts, text.append(sentence, at, sentence.length()).toString());
    }

    @Override
    public String toString() {
        return text;
    }
}

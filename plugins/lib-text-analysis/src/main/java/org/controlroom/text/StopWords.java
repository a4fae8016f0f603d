package org.controlroom.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Lists of frequent words that say nothing about a product. */
public enum StopWords {
    NONE,
    ENGLISH,
    FRENCH,
    GERMAN,
    /** All lists together, for mixed catalogues. */
    ALL;

    /** The words, in lower case with their accents. */
    public List<String> words() {
        return switch (this) {
            case NONE -> List.of();
            case ENGLISH, FRENCH, GERMAN -> read();
            case ALL -> {
                List<String> all = new ArrayList<>(ENGLISH.words());
                all.addAll(FRENCH.words());
                all.addAll(GERMAN.words());
                yield all.stream().distinct().toList();
            }
        };
    }

    private List<String> read() {
        String file = "stop-words-" + name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = Objects.requireNonNull(StopWords.class.getResourceAsStream(file), file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.strip().split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}

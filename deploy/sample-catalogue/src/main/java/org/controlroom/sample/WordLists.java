package org.controlroom.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.controlroom.sample.ProductType.Texts;

/** The word lists {@code product-types.txt} and {@code phrases.txt}, read and checked. */
final class WordLists {
    private static final Pattern HEADING = Pattern.compile("\\[(\\d+) (\\d+) (\\w+)\\] .+");

    private final List<ProductType> types;
    private final Map<String, PhraseList> phrases;

    private WordLists(List<ProductType> types, Map<String, PhraseList> phrases) {
        this.types = List.copyOf(types);
        this.phrases = phrases;
    }

    static WordLists bundled() {
        return new WordLists(readTypes(), readPhrases());
    }

    /** In the order of the file, so that the same seed gives the same catalogue. */
    List<ProductType> types() {
        return types;
    }

    PhraseList phrases(String key) {
        PhraseList found = phrases.get(key);
        if (found == null) {
            throw new IllegalStateException("phrases.txt has no '" + key + "'; it has " + phrases.keySet());
        }
        return found;
    }

    PhraseList phrases(Language language, String key) {
        return phrases(language.name().toLowerCase(Locale.ROOT) + "." + key);
    }

    private static List<ProductType> readTypes() {
        List<ProductType> types = new ArrayList<>();
        List<String> heading = new ArrayList<>();
        Map<String, PhraseList> lists = new LinkedHashMap<>();
        forEachLine("product-types.txt", line -> {
            Matcher matcher = HEADING.matcher(line);
            if (matcher.matches()) {
                finish(heading, lists, types);
                heading.addAll(List.of(matcher.group(1), matcher.group(2), matcher.group(3)));
            } else {
                put(line, lists);
            }
        });
        finish(heading, lists, types);
        return types;
    }

    private static void finish(List<String> heading, Map<String, PhraseList> lists, List<ProductType> types) {
        if (heading.isEmpty()) {
            return;
        }
        Map<Language, Texts> texts = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            String prefix = language.name().toLowerCase(Locale.ROOT) + ".";
            texts.put(
                    language,
                    new Texts(
                            need(lists, prefix + "nouns", heading),
                            need(lists, prefix + "words", heading),
                            need(lists, prefix + "lines", heading)));
        }
        types.add(new ProductType(
                Integer.parseInt(heading.get(0)), Integer.parseInt(heading.get(1)), heading.get(2), texts));
        heading.clear();
        lists.clear();
    }

    private static PhraseList need(Map<String, PhraseList> lists, String key, List<String> heading) {
        PhraseList found = lists.get(key);
        if (found == null) {
            throw new IllegalStateException("product-types.txt: type " + heading.get(0) + " has no '" + key + "'");
        }
        return found;
    }

    private static Map<String, PhraseList> readPhrases() {
        Map<String, PhraseList> phrases = new LinkedHashMap<>();
        forEachLine("phrases.txt", line -> put(line, phrases));
        return phrases;
    }

    private static void put(String line, Map<String, PhraseList> lists) {
        int equals = line.indexOf(" = ");
        if (equals < 0) {
            throw new IllegalStateException("'" + line + "' is neither a heading nor KEY = VALUES");
        }
        List<String> values = Arrays.stream(line.substring(equals + 3).split(";"))
                .map(String::strip)
                .toList();
        lists.put(line.substring(0, equals), new PhraseList(values));
    }

    private static void forEachLine(String resource, Consumer<String> action) {
        try (InputStream in = WordLists.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing beside " + WordLists.class.getName());
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(action);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

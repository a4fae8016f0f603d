package org.controlroom.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the clean texts of one listing by filling the slots of templates. */
final class ListingText {
    private static final double WORD_OF_THE_FAMILY = 0.16;
    private static final double WORD_OF_ANY_TYPE = 0.09;

    private final WordLists lists;
    private final ProductType type;
    private final List<ProductType> family;
    private final Random random;

    ListingText(WordLists lists, ProductType type, List<ProductType> family, Random random) {
        this.lists = lists;
        this.type = type;
        this.family = family;
        this.random = random;
    }

    String designation(Language language) {
        return filled(lists.phrases(language, "frames").draw(random), language);
    }

    /** One to six sentences or features. */
    List<String> description(Language language) {
        List<String> sentences = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(10);
            String template = kind < 3
                    ? source().in(language).lines().draw(random)
                    : lists.phrases(language, kind < 7 ? "features" : "general").draw(random);
            sentences.add(filled(template, language));
        }
        return sentences;
    }

    private String filled(String template, Language language) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (true) {
            int open = template.indexOf('{', at);
            if (open < 0) {
                return out.append(template, at, template.length()).toString();
            }
            int close = template.indexOf('}', open);
            out.append(template, at, open).append(slot(template.substring(open + 1, close), language));
            at = close + 1;
        }
    }

    private String slot(String name, Language language) {
        return switch (name) {
            case "noun" -> filled(type.in(language).nouns().draw(random), language);
            case "word" -> filled(source().in(language).words().draw(random), language);
            case "brand" -> lists.phrases("brand").draw(random);
            case "color" -> lists.phrases(language, "color").draw(random);
            case "person" ->
                lists.phrases("first").draw(random)
                        + " "
                        + lists.phrases("last").draw(random);
            case "year" -> String.valueOf(1950 + random.nextInt(75));
            case "n" -> String.valueOf(2 + random.nextInt(14));
            case "size" -> String.valueOf(10 * (2 + random.nextInt(22)));
            default -> throw new IllegalStateException("the word lists have an unknown slot {" + name + "}");
        };
    }

    /** Mostly the type itself, sometimes a neighbour, so that words alone do not give the type away. */
    private ProductType source() {
        double p = random.nextDouble();
        if (p < WORD_OF_ANY_TYPE) {
            return lists.types().get(random.nextInt(lists.types().size()));
        }
        return p < WORD_OF_ANY_TYPE + WORD_OF_THE_FAMILY ? family.get(random.nextInt(family.size())) : type;
    }
}

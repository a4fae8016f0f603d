package org.controlroom.sample;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Adds what real listings are full of: markup, entities, references, addresses, long numbers, shouting. */
final class Dirt {
    private static final String CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    private final WordLists lists;
    private final Random random;

    Dirt(WordLists lists, Random random) {
        this.lists = lists;
        this.random = random;
    }

    String onDesignation(String text) {
        String dirty = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        switch (random.nextInt(12)) {
            case 0 -> dirty = dirty.toUpperCase(Locale.ROOT);
            case 1 -> dirty = dirty + " - Réf. " + reference();
            case 2 -> dirty = entities(dirty);
            case 3 -> dirty = dirty + " " + longNumber();
            case 4 -> dirty = dirty.replace("'", "¿");
            case 5 -> dirty = "\"" + dirty + "\" (" + reference() + ")";
            case 6 -> dirty = dirty.replace(" ", "  ");
            default -> {
                // the other half of the titles is clean
            }
        }
        return dirty;
    }

    String onDescription(List<String> sentences, Language language) {
        String text = switch (random.nextInt(6)) {
            case 0 -> paragraphs(sentences);
            case 1 -> itemList(sentences);
            case 2 -> String.join("<br />", sentences);
            case 3 -> entities(String.join("<br>", sentences));
            case 4 -> String.join("\n", sentences);
            default -> String.join(" ", sentences);
        };
        switch (random.nextInt(14)) {
            case 0 -> text = text + " Contact : service" + random.nextInt(90) + "@" + shop();
            case 1 ->
                text = text + " https://www." + shop() + "/article/" + reference() + "?id=" + random.nextInt(99_999);
            case 2 -> text = "Réf. : " + reference() + "<br/>" + text;
            case 3 -> text = text + "\nEAN : " + longNumber();
            case 4 -> text = text + " " + lists.phrases("emoji").draw(random);
            case 5 -> text = text + "&nbsp;&nbsp;" + (language == Language.EN ? "Free returns" : "Tél. 01 23 45 67 89");
            case 6 -> text = "<!-- " + reference() + " -->" + text;
            case 7 -> text = text + "\t www." + shop();
            default -> {
                // the others have only their markup
            }
        }
        return text;
    }

    /** What a seller changes who lists the same thing again. */
    String slightlyChanged(String designation) {
        return switch (random.nextInt(4)) {
            case 0 -> designation.toUpperCase(Locale.ROOT);
            case 1 -> designation + " " + reference();
            case 2 -> designation + " !!!";
            default -> designation + " " + lists.phrases(Language.FR, "color").draw(random);
        };
    }

    private static String paragraphs(List<String> sentences) {
        return "<p><strong>" + sentences.get(0) + "</strong></p>\n<p>"
                + String.join("</p>\n<p>", sentences.subList(1, sentences.size())) + "</p>";
    }

    private static String itemList(List<String> sentences) {
        return "<div class=\"details\"><ul>\n<li>" + String.join("</li>\n<li>", sentences) + "</li>\n</ul></div>";
    }

    private static String entities(String text) {
        return text.replace("&", "&amp;")
                .replace("é", "&eacute;")
                .replace("è", "&egrave;")
                .replace("à", "&agrave;")
                .replace("ü", "&uuml;")
                .replace("ß", "&szlig;")
                .replace("'", "&#39;")
                .replace("œ", "&#x153;");
    }

    private String reference() {
        return "" + letter() + letter() + "-" + (1_000 + random.nextInt(9_000)) + letter();
    }

    private char letter() {
        return CODE_LETTERS.charAt(random.nextInt(CODE_LETTERS.length()));
    }

    private String longNumber() {
        return "3" + (100_000 + random.nextInt(900_000)) + (100_000 + random.nextInt(900_000));
    }

    private String shop() {
        return lists.phrases("shop").draw(random);
    }
}

package org.controlroom.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.controlroom.spi.Product;

/** Products to learn from, and products to attack with. */
public final class HostileProducts {

    private static final String[] WORDS = {
        "chaise",
        "table",
        "jardin",
        "livre",
        "enfant",
        "piscine",
        "\u00e9t\u00e9",
        "No\u00ebl",
        "gro\u00df",
        "jeu",
        "PC",
        "de",
        "la",
        "the",
        "und",
        "bleu",
        "rouge",
        "100",
        "2",
        "cm",
        "<b>neuf</b>",
        "&eacute;tag\u00e8re",
        "l'arbre",
        "XL",
        "console"
    };

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\n\t\r\u0000\u0001\u001f\u007f\u0085\u00a0\u2028\u2029\ufeff",
            "NaN",
            "Infinity -0.0 1e999 null undefined",
            "\ud800",
            "\udc00\ud800",
            "chaise \ud83d bleue \ude00 pliante",
            "\ud83d\ude00\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\uddeb\ud83c\uddf7",
            "\u202e\u05db\u05d9\u05e1\u05d0 \u0643\u0631\u0633\u064a \u2066\u2069",
            "e\u0301\u0301\u0301\u0301 \u0301 \u1100\u1161\u11a8 \ufb01 \ufdfa \u00bd \u0130\u0131\u03a3\u03c2 \u1e9e",
            "<<<<>>>> <a <b <c & &amp &#x110000; &#55296; &;",
            "ref ref ref : - _ . @@@ a@b a@b.c www. http:// 123456",
            "\u4e2d\u6587\u6905\u5b50 \u3042\u308a\u304c\u3068\u3046 \u0e40\u0e01\u0e49\u0e32\u0e2d\u0e35\u0e49",
            "chaise,chaise;chaise|chaise/chaise\\chaise\"chaise'chaise",
            "${jndi:ldap://x} %s %n {0} ' OR 1=1 --");

    private HostileProducts() {}

    /** Ordinary products made of a few words, some without description. */
    public static List<Product> ordinary(SplittableRandom random, int count) {
        List<Product> products = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            products.add(new Product(
                    words(random, 1 + random.nextInt(6)),
                    random.nextInt(4) == 0 ? "" : words(random, random.nextInt(40))));
        }
        return products;
    }

    /** Empty, broken, foreign and random texts, as title, as description and as both. */
    public static List<Product> hostile(SplittableRandom random) {
        List<Product> products = new ArrayList<>();
        for (String text : TEXTS) {
            products.add(new Product(text, ""));
            products.add(new Product("", text));
            products.add(new Product(text, text));
        }
        for (int i = 0; i < 100; i++) {
            products.add(new Product(noise(random, random.nextInt(40)), noise(random, random.nextInt(400))));
        }
        products.addAll(ordinary(random, 20));
        return products;
    }

    /** One product of {@code length} characters in title and description each, without a space when {@code oneWord}. */
    public static Product huge(int length, boolean oneWord) {
        String text = (oneWord ? "chaisebleue" : "chaise bleue pliante, ")
                .repeat(length / 11 + 1)
                .substring(0, length);
        return new Product(text, text);
    }

    private static String words(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private static String noise(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextBoolean() ? random.nextInt(0x10000) : random.nextInt(0x80)));
        }
        return text.toString();
    }
}

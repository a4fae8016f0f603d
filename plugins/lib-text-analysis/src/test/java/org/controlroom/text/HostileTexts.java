package org.controlroom.text;

import java.util.Random;

/**
 * Texts made of the pieces that the cleaning rules are about, glued together at random. Letters and digits beyond
 * the basic plane are not among them, because the JDK's regular expressions look behind and step back over them wrongly.
 */
final class HostileTexts {

    private static final String[] PIECES = {
        " ",
        " ",
        " ",
        "\n",
        "\u00a0",
        "\u2003",
        "\u001f",
        "<",
        ">",
        "<b>",
        "</p>",
        "<br/>",
        "<>",
        "< a",
        "&lt;",
        "&gt",
        "&amp;",
        "&amp;lt;",
        "&eacute;",
        "&Eacute",
        "&notit;",
        "&nvgt;",
        "&nvlt;",
        "&#233;",
        "&#xE9",
        "&#0;",
        "&#128;",
        "&#x1F600;",
        "&#55357;",
        "&#99999999999;",
        "&#1;",
        "&#32;",
        "&#",
        "&#x",
        "&",
        "&;",
        "&bogus;",
        "&fjlig;",
        "&CounterClockwiseContourIntegral;",
        "http://",
        "https://",
        "http:/",
        "HTTP://x",
        "www.",
        "www",
        ".",
        "..",
        "@",
        "-",
        "--",
        "_",
        ":",
        "/",
        "(",
        "\u2019",
        "a@b.fr",
        "x.y-z@mail.example.com",
        ".@a.b",
        "a@b",
        "a@b.c.",
        "\u00e9@\u00e9.\u00e9",
        "ref",
        "r\u00e9f",
        "REF.",
        "reference",
        "r\u00e9f\u00e9rence",
        "R\u00c9F\u00c9RENCE",
        "fabricant",
        "model",
        "modeling",
        "mod\u00e8le",
        "sku",
        "asin",
        "ean",
        "isbn",
        "gtin",
        "refill",
        "xref",
        "abc",
        "AB12",
        "a1",
        "ab-12",
        "XY-34-cd",
        "xy-34-c",
        "a-1",
        "12345",
        "123456",
        "1234567",
        "123456x",
        "x123456",
        "\u0661\u0662\u0663\u0664\u0665\u0666",
        "\u00b2",
        "\u00bd",
        "\u0130",
        "\u03a3",
        "\u039f\u0394\u039f\u03a3",
        "\u03a3.",
        "\u00c9t\u00e9",
        "e\u0301",
        "\u0301",
        "\u05e9\u05dc\u05d5\u05dd",
        "\u202e",
        "\ud83d\ude00",
        "\ud83d",
        "\ude00",
        "\u0000",
        "\u007f",
        "\ufeff",
        "\ufffd",
        "NaN",
        "Stra\u00dfe",
        "\u212a",
        "mot",
        "z"
    };

    private HostileTexts() {}

    static String next(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(12);
        for (int i = 0; i < pieces; i++) {
            text.append(
                    random.nextInt(20) == 0
                            ? Character.toString((char) random.nextInt(Character.MIN_SURROGATE))
                            : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}

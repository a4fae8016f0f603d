package org.controlroom.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The original cleaning as it was: entities, lower case, then one regular expression after the other. Python's classes
 * are spelled out, because Java's {@code \w}, {@code \s} and {@code \b} mean other characters.
 */
final class OriginalRules {

    private static final String W = "\\p{L}\\p{N}_";
    private static final String S = "\\t-\\r\\x1c-\\x1f\\x85\\p{Z}";
    private static final String B = "(?:(?<=[" + W + "])(?![" + W + "])|(?<![" + W + "])(?=[" + W + "]))";

    private static final Pattern[] RULES = {
        Pattern.compile("<[^>]+>"),
        Pattern.compile("http[s]?://[^" + S + "]+|www\\.[^" + S + "]+"),
        Pattern.compile(B + "[" + W + ".-]+@[" + W + ".-]+\\.[" + W + "]+" + B),
        Pattern.compile(
                B + "(ref|r\u00e9f|reference|r\u00e9f\u00e9rence|fabricant|model|mod\u00e8le|sku|asin|ean|isbn|gtin)"
                        + "[" + S + ".:_-]*[a-z0-9][a-z0-9\\-_.]{2,}" + B),
        Pattern.compile("[a-zA-Z]{2,}-\\p{Nd}+(?:-[a-zA-Z]{2,})?"),
        Pattern.compile(B + "\\p{Nd}{6,}" + B)
    };

    private static final Pattern SPACES = Pattern.compile("[" + S + "]+");
    private static final Pattern REFERENCE =
            Pattern.compile("&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\\t\\n\\f <&#;]{1,32};?)");
    private static final Map<String, String> NAMES = names();

    private OriginalRules() {}

    static String clean(String text) {
        String result = unescape(text).toLowerCase(Locale.ROOT);
        for (Pattern rule : RULES) {
            result = rule.matcher(result).replaceAll(" ");
        }
        return trim(SPACES.matcher(result).replaceAll(" "));
    }

    private static String trim(String text) {
        int from = text.startsWith(" ") ? 1 : 0;
        int to = text.length() > from && text.endsWith(" ") ? text.length() - 1 : text.length();
        return text.substring(from, to);
    }

    static String unescape(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> java.util.regex.Matcher.quoteReplacement(resolve(match)));
    }

    private static String resolve(MatchResult match) {
        String name = match.group(1);
        if (name.startsWith("#")) {
            return number(name.substring(1).replace(";", ""));
        }
        for (int size = name.length(); size > 1; size--) {
            String known = NAMES.get(name.substring(0, size));
            if (known != null) {
                return known + name.substring(size);
            }
        }
        return "&" + name;
    }

    private static String number(String digits) {
        boolean hex = digits.startsWith("x") || digits.startsWith("X");
        var value = new java.math.BigInteger(hex ? digits.substring(1) : digits, hex ? 16 : 10);
        int code = value.bitLength() > 30 ? Integer.MAX_VALUE : value.intValue();
        if (code == 0 || code > Character.MAX_CODE_POINT || (code >= 0xd800 && code < 0xe000)) {
            return "\ufffd";
        }
        if (code >= 0x80 && code <= 0x9f) {
            String mapped = new String(new byte[] {(byte) code}, java.nio.charset.Charset.forName("windows-1252"));
            return mapped.equals("\ufffd") ? Character.toString(code) : mapped;
        }
        boolean dropped = (code < 0x20 && "\t\n\f\r".indexOf(code) < 0)
                || code == 0x7f
                || (code >= 0xfdd0 && code <= 0xfdef)
                || (code & 0xfffe) == 0xfffe;
        return dropped ? "" : Character.toString(code);
    }

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        try (var in = OriginalRules.class.getResourceAsStream("html-entities.txt");
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] parts = line.split(" ");
                StringBuilder text = new StringBuilder();
                for (int i = 1; i < parts.length; i++) {
                    text.appendCodePoint(Integer.parseInt(parts[i], 16));
                }
                names.put(parts[0].replace("+", "") + ";", text.toString());
                if (parts[0].startsWith("+")) {
                    names.put(parts[0].substring(1), text.toString());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}

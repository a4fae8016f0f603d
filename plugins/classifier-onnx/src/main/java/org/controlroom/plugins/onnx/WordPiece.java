package org.controlroom.plugins.onnx;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of BERT models (Devlin and others, 2019): a text is split at white space and punctuation, and each word into
 * the longest pieces that the vocabulary has, from left to right. Immutable.
 */
final class WordPiece {

    private static final int LONGEST_WORD = 100;
    private static final String CONTINUED = "##";

    private final Map<String, Integer> ids = new HashMap<>();
    private final boolean lowerCase;
    private final int start;
    private final int end;
    private final int unknown;

    /**
     * @param vocabulary one token a line; the line number is its id
     * @throws org.controlroom.spi.ControlRoomException ARTIFACT_INVALID when one of the special tokens is missing
     */
    WordPiece(List<String> vocabulary, boolean lowerCase) {
        this.lowerCase = lowerCase;
        for (int id = 0; id < vocabulary.size(); id++) {
            ids.put(vocabulary.get(id), id);
        }
        start = special("[CLS]");
        end = special("[SEP]");
        unknown = special("[UNK]");
    }

    private int special(String token) {
        Integer id = ids.get(token);
        if (id == null) {
            throw OnnxClassifierFactory.invalid(ModelFiles.VOCABULARY + " has no line " + token);
        }
        return id;
    }

    /** Ids from [CLS] to [SEP], at most {@code max} of them. */
    long[] encode(String text, int max) {
        List<Integer> found = new ArrayList<>();
        found.add(start);
        StringBuilder word = new StringBuilder();
        String clean = clean(text);
        for (int i = 0; i < clean.length() && found.size() < max - 1; ) {
            int c = clean.codePointAt(i);
            i += Character.charCount(c);
            if (c == ' ' || isPunctuation(c) || isIdeograph(c)) {
                addPieces(word, found);
                if (c != ' ') {
                    word.appendCodePoint(c);
                    addPieces(word, found);
                }
            } else {
                word.appendCodePoint(c);
            }
        }
        addPieces(word, found);
        int size = Math.min(found.size(), max - 1);
        long[] encoded = new long[size + 1];
        for (int i = 0; i < size; i++) {
            encoded[i] = found.get(i);
        }
        encoded[size] = end;
        return encoded;
    }

    private void addPieces(StringBuilder word, List<Integer> found) {
        if (word.length() == 0) {
            return;
        }
        String text = word.toString();
        word.setLength(0);
        if (text.codePointCount(0, text.length()) > LONGEST_WORD) {
            found.add(unknown);
            return;
        }
        int before = found.size();
        int from = 0;
        while (from < text.length()) {
            int to = text.length();
            Integer id = null;
            while (to > from && id == null) {
                String piece = text.substring(from, to);
                id = ids.get(from == 0 ? piece : CONTINUED + piece);
                to = id == null ? text.offsetByCodePoints(to, -1) : to;
            }
            if (id == null) {
                found.subList(before, found.size()).clear();
                found.add(unknown);
                return;
            }
            found.add(id);
            from = to;
        }
    }

    /** Without control characters, white space as spaces; lower case without accents where the vocabulary is. */
    private String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSpace(c)) {
                clean.append(' ');
            } else if (c != 0 && c != 0xfffd && !isControl(c)) {
                clean.appendCodePoint(c);
            }
        });
        if (!lowerCase) {
            return clean.toString();
        }
        StringBuilder folded = new StringBuilder(clean.length());
        Normalizer.normalize(clean, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(c -> lower(c, folded));
        return folded.toString();
    }

    /** Character by character, as the tokenizers of Python do: no rule looks at its neighbours. */
    private static void lower(int c, StringBuilder out) {
        if (c == 0x130) {
            out.append("i\u0307");
        } else {
            out.appendCodePoint(Character.toLowerCase(c));
        }
    }

    private static boolean isSpace(int c) {
        return c == ' '
                || c == '\t'
                || c == '\n'
                || c == '\r'
                || Character.getType(c) == Character.SPACE_SEPARATOR
                || c == 0x0b
                || c == 0x0c
                || c == 0x85
                || c == 0x2028
                || c == 0x2029;
    }

    private static boolean isControl(int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SURROGATE -> {
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private static boolean isPunctuation(int c) {
        if ((c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126)) {
            return true;
        }
        switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> {
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private static boolean isIdeograph(int c) {
        return (c >= 0x4e00 && c <= 0x9fff)
                || (c >= 0x3400 && c <= 0x4dbf)
                || (c >= 0x20000 && c <= 0x2a6df)
                || (c >= 0x2a700 && c <= 0x2b73f)
                || (c >= 0x2b740 && c <= 0x2b81f)
                || (c >= 0x2b920 && c <= 0x2ceaf)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0x2f800 && c <= 0x2fa1f);
    }
}

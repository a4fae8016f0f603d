package org.controlroom.text;

import static org.controlroom.text.CharacterClasses.isAsciiLetter;
import static org.controlroom.text.CharacterClasses.isBoundary;
import static org.controlroom.text.CharacterClasses.isWord;

/**
 * The catalogue part of cleaning, applied to each run of non-space characters when it ends: URLs, e-mail addresses,
 * references, codes and long numbers become a space, in this order of precedence. Not thread-safe.
 *
 * <p>While a run is written, its tokens are collected, and flags tell which rules can apply at all, so that an ordinary run
 * costs none of them; where one may apply, the tokens are taken again from what it leaves. Only a reference reaches over
 * spaces ({@code ref : AB12}); its keyword stays pending until the next run decides.
 */
final class CatalogueRules {

    private static final int AT = 1;
    private static final int URL = 2;
    private static final int REFERENCE = 4;
    private static final int CODE = 8;
    private static final int LONG_NUMBER = 16;
    /** A letter or digit of two UTF-16 units, so that tokens are shorter than they seem. */
    private static final int PAIR = 32;

    private static final int DIGITS_OF_A_LONG_NUMBER = 6;
    private static final int NONE = -1;

    private CharBuffer out = new CharBuffer();
    private Tokens tokens = new Tokens();
    private boolean active;
    private int runStart;
    private int flags;

    /** Where the token begins that is written now, and its hash so far. */
    private int tokenStart;

    long tokenHash;

    private int digits;
    private int digitsEnd;

    /** Tokens, codes and long numbers are looked for from here on, once no reference is pending. */
    private int settled;

    private int settledTokens;

    /** Start of a reference keyword after which only separators came so far, or NONE. */
    private int pending;

    private int begin;

    /** @param collected gets the tokens of what is written */
    void begin(CharBuffer buffer, boolean applyRules, Tokens collected) {
        out = buffer;
        tokens = collected;
        active = applyRules;
        begin = runStart = settled = tokenStart = buffer.length;
        settledTokens = collected.size;
        tokenHash = TermHash.START;
        pending = NONE;
        digitsEnd = NONE;
        flags = 0;
    }

    /** Appends a letter or underscore of the run. The caller has reserved the room. */
    void append(char c) {
        tokenHash = TermHash.step(tokenHash, c);
        out.chars[out.length++] = c;
    }

    void appendDigit(char c) {
        int n = out.length;
        digits = n == digitsEnd ? digits + 1 : 1;
        digitsEnd = n + 1;
        if (digits >= DIGITS_OF_A_LONG_NUMBER) {
            flags |= LONG_NUMBER;
        }
        if (n > runStart && out.chars[n - 1] == '-') {
            flags |= CODE;
        }
        append(c);
    }

    /** Appends one half of a letter or digit of two units. */
    void appendHalf(char c, boolean digit) {
        flags |= PAIR | (digit ? LONG_NUMBER | CODE : 0);
        append(c);
    }

    void appendPunctuation(char c) {
        endToken();
        char[] chars = out.chars;
        int n = out.length;
        if (c == '@') {
            flags |= AT;
        } else if (c == '/') {
            flags |= n > runStart && chars[n - 1] == '/' ? URL : 0;
        } else if (c == '.') {
            flags |= n - runStart >= 3 && chars[n - 1] == 'w' && chars[n - 2] == 'w' && chars[n - 3] == 'w' ? URL : 0;
        }
        chars[n] = c;
        out.length = n + 1;
        tokenStart = n + 1;
    }

    private void endToken() {
        int length = out.length - tokenStart;
        if (length > 0) {
            tokens.add(tokenHash, length);
            tokenHash = TermHash.START;
            if (ReferenceKeywords.mayStart(out.chars, tokenStart, out.length)) {
                flags |= REFERENCE;
            }
        }
    }

    /** Ends the run, if there is one, with a space. */
    void endRun() {
        if (out.length == runStart) {
            return;
        }
        endToken();
        if (flags != 0 || pending != NONE) {
            endUnusualRun();
        }
        space();
        runStart = tokenStart = out.length;
        if (pending == NONE) {
            settled = runStart;
            settledTokens = tokens.size;
        }
    }

    private void endUnusualRun() {
        if (active) {
            applyRules();
        }
        flags = 0;
        if (pending == NONE) {
            takeTokensAgain();
        }
    }

    private void takeTokensAgain() {
        tokens.size = settledTokens;
        tokens.addAll(out.chars, settled, out.length);
    }

    /** Ends the text: no space at its end. */
    void end() {
        endRun();
        if (pending != NONE) {
            pending = NONE;
            settle();
            takeTokensAgain();
        }
        if (out.length > begin && out.chars[out.length - 1] == ' ') {
            out.length--;
        }
    }

    private void applyRules() {
        if ((flags & URL) != 0) {
            cutUrl();
        }
        if ((flags & AT) != 0) {
            blankEmails();
        }
        blankReferences();
        if (pending == NONE) {
            settle();
        }
    }

    private void settle() {
        blankCodes();
        blankNumbers();
    }

    private void space() {
        out.length = putSpace(out.length);
    }

    /** A space at {@code to}, unless the text starts there or one is before it already. */
    private int putSpace(int to) {
        if (to > begin && out.chars[to - 1] != ' ') {
            out.chars[to] = ' ';
            return to + 1;
        }
        return to;
    }

    private int put(int to, char c) {
        if (c == ' ') {
            return putSpace(to);
        }
        out.chars[to] = c;
        return to + 1;
    }

    /** {@code https?://\S+|www\.\S+}: the first one takes all of the run from there. */
    private void cutUrl() {
        char[] chars = out.chars;
        int end = out.length;
        for (int i = runStart; i < end - 4; i++) {
            if (isWww(chars, i) || isHttp(chars, i, end)) {
                out.length = i;
                return;
            }
        }
    }

    private static boolean isWww(char[] chars, int i) {
        return chars[i] == 'w' && chars[i + 1] == 'w' && chars[i + 2] == 'w' && chars[i + 3] == '.';
    }

    private static boolean isHttp(char[] chars, int i, int end) {
        if (end - i < 8 || chars[i] != 'h' || chars[i + 1] != 't' || chars[i + 2] != 't' || chars[i + 3] != 'p') {
            return false;
        }
        int colon = chars[i + 4] == 's' ? i + 5 : i + 4;
        return end - colon > 3 && chars[colon] == ':' && chars[colon + 1] == '/' && chars[colon + 2] == '/';
    }

    /**
     * {@code \b[\w.-]+@[\w.-]+\.\w+\b}. The local part is the run before the sign, from its first word boundary; the
     * domain ends with the last dot that a word character follows.
     */
    private void blankEmails() {
        char[] chars = out.chars;
        int end = out.length;
        int from = runStart;
        int to = runStart;
        for (int at = from; at < end; at++) {
            if (chars[at] != '@') {
                continue;
            }
            int start = localPart(chars, from, at, end);
            int stop = start < 0 ? NONE : domainEnd(chars, at + 1, end);
            if (stop > 0) {
                System.arraycopy(chars, from, chars, to, start - from);
                to = putSpace(to + start - from);
                from = stop;
                at = stop - 1;
            }
        }
        System.arraycopy(chars, from, chars, to, end - from);
        out.length = to + end - from;
    }

    private static int localPart(char[] chars, int from, int at, int end) {
        int start = NONE;
        for (int i = at - 1; i >= from && isAddressCharacter(chars, i, end); i--) {
            if (isBoundary(chars, i, end)) {
                start = i;
            }
        }
        return start;
    }

    static int domainEnd(char[] chars, int from, int end) {
        int stop = from;
        int lastDot = NONE;
        while (stop < end && isAddressCharacter(chars, stop, end)) {
            if (chars[stop] == '.' && stop > from && stop + 1 < end && isWord(chars, stop + 1, end)) {
                lastDot = stop;
            }
            stop++;
        }
        if (lastDot == NONE) {
            return NONE;
        }
        int wordEnd = lastDot + 1;
        while (wordEnd < end && isWord(chars, wordEnd, end)) {
            wordEnd++;
        }
        return wordEnd;
    }

    static boolean isAddressCharacter(char[] chars, int i, int end) {
        return chars[i] == '.' || chars[i] == '-' || isWord(chars, i, end);
    }

    /** Keyword, separators, code: {@link ReferenceKeywords} has the expression. */
    private void blankReferences() {
        char[] chars = out.chars;
        int end = out.length;
        int from = runStart;
        int to = runStart;
        if (pending != NONE) {
            int stop = ReferenceKeywords.codeEnd(chars, runStart, end);
            if (stop == ReferenceKeywords.UNDECIDED) {
                return;
            }
            if (stop != ReferenceKeywords.NONE) {
                to = putSpace(pending);
                from = stop;
            }
            pending = NONE;
        }
        while (from < end) {
            int stop = isBoundary(chars, from, end)
                    ? ReferenceKeywords.referenceEnd(chars, from, end)
                    : ReferenceKeywords.NONE;
            if (stop == ReferenceKeywords.UNDECIDED) {
                pending = to;
                System.arraycopy(chars, from, chars, to, end - from);
                to += end - from;
                from = end;
            } else if (stop != ReferenceKeywords.NONE) {
                to = putSpace(to);
                from = stop;
            } else {
                to = put(to, chars[from++]);
            }
        }
        out.length = to;
    }

    /** {@code [a-z]{2,}-\d+(-[a-z]{2,})?} */
    private void blankCodes() {
        char[] chars = out.chars;
        int end = out.length;
        int to = settled;
        int letters = 0;
        int from = settled;
        while (from < end) {
            char c = chars[from];
            int stop = c == '-' && letters >= 2 ? codeEnd(chars, from + 1, end) : NONE;
            if (stop != NONE) {
                to = putSpace(to - letters);
                from = stop;
                letters = 0;
            } else {
                letters = isAsciiLetter(c) ? letters + 1 : 0;
                to = put(to, c);
                from++;
            }
        }
        out.length = to;
    }

    static int codeEnd(char[] chars, int from, int end) {
        int stop = from;
        while (stop < end && isDigit(chars, stop, end)) {
            stop++;
        }
        if (stop == from) {
            return NONE;
        }
        int suffix = stop;
        if (suffix < end && chars[suffix] == '-') {
            suffix++;
            while (suffix < end && isAsciiLetter(chars[suffix])) {
                suffix++;
            }
        }
        return suffix - stop > 2 ? suffix : stop;
    }

    /** {@code \b\d{6,}\b} */
    private void blankNumbers() {
        char[] chars = out.chars;
        int end = out.length;
        int to = settled;
        int from = settled;
        while (from < end) {
            int stop = from;
            int digits = 0;
            while (stop < end && isDigit(chars, stop, end)) {
                digits += Character.isLowSurrogate(chars[stop]) ? 0 : 1;
                stop++;
            }
            if (digits >= 6 && isBoundary(chars, from, end) && isBoundary(chars, stop, end)) {
                to = putSpace(to);
                from = stop;
                continue;
            }
            do {
                to = put(to, chars[from++]);
            } while (from < stop);
        }
        out.length = to;
    }

    static boolean isDigit(char[] chars, int i, int end) {
        return (CharacterClasses.at(chars, i, end) & CharacterClasses.DIGIT) != 0;
    }
}

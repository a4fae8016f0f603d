package org.controlroom.text;

import java.text.Normalizer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Removes accents: compatibility decomposition (NFKD), then non-spacing marks are dropped, as scikit-learn's
 * {@code strip_accents='unicode'} does. ASCII costs a comparison, other characters a table that is filled by pages.
 */
final class AccentFolding {

    private static final int PAGE_SIZE = 256;

    /** @param single what each character becomes; 0 where it becomes no or several characters */
    private record Page(char[] single, String[] several) {}

    private static final AtomicReferenceArray<Page> PAGES = new AtomicReferenceArray<>(256);

    private AccentFolding() {}

    /** Folds {@code buffer} from {@code from} to its end. {@code scratch} is overwritten where the length changes. */
    static void fold(CharBuffer buffer, int from, CharBuffer scratch) {
        char[] chars = buffer.chars;
        int end = buffer.length;
        for (int i = from; i < end; i++) {
            char c = chars[i];
            if (c < 128) {
                continue;
            }
            char folded = Character.isSurrogate(c) ? 0 : page(c).single[c % PAGE_SIZE];
            if (folded == 0) {
                foldWithOtherLength(buffer, i, scratch);
                return;
            }
            chars[i] = folded;
        }
    }

    private static void foldWithOtherLength(CharBuffer buffer, int from, CharBuffer scratch) {
        int size = buffer.length - from;
        scratch.length = 0;
        scratch.reserve(size);
        System.arraycopy(buffer.chars, from, scratch.chars, 0, size);
        buffer.length = from;
        for (int i = 0; i < size; i++) {
            char c = scratch.chars[i];
            if (c < 128) {
                buffer.append(c);
            } else if (!Character.isSurrogate(c)) {
                Page page = page(c);
                char folded = page.single[c % PAGE_SIZE];
                if (folded != 0) {
                    buffer.append(folded);
                } else {
                    buffer.append(page.several[c % PAGE_SIZE]);
                }
            } else if (i + 1 < size && Character.isSurrogatePair(c, scratch.chars[i + 1])) {
                buffer.append(fold(Character.toCodePoint(c, scratch.chars[++i])));
            } else {
                buffer.append(c);
            }
        }
    }

    private static Page page(char c) {
        Page page = PAGES.get(c / PAGE_SIZE);
        if (page == null) {
            page = makePage(c / PAGE_SIZE);
            PAGES.set(c / PAGE_SIZE, page);
        }
        return page;
    }

    private static Page makePage(int number) {
        char[] single = new char[PAGE_SIZE];
        String[] several = new String[PAGE_SIZE];
        for (int i = 0; i < PAGE_SIZE; i++) {
            char c = (char) (number * PAGE_SIZE + i);
            String folded = Character.isSurrogate(c) ? String.valueOf(c) : fold(c);
            several[i] = folded;
            single[i] = folded.length() == 1 ? folded.charAt(0) : 0;
        }
        return new Page(single, several);
    }

    /** Folds one character by the JDK's tables. */
    static String fold(int codePoint) {
        String decomposed = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD);
        StringBuilder kept = new StringBuilder(decomposed.length());
        decomposed
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}

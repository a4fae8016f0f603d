package org.controlroom.core.predict;

import java.util.ArrayList;
import java.util.List;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Product;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** Limits of the text that may be asked about. Lengths are in characters as people count them: Unicode code points. */
public final class ProductLimits {

    public static final int MAX_DESIGNATION = 1_000;
    public static final int MAX_DESCRIPTION = 10_000;

    private ProductLimits() {}

    /**
     * Makes a product of what a caller sent. A missing description is an empty one.
     *
     * @param designation null when it is missing
     * @param description null when it is missing
     * @throws ControlRoomException INVALID_INPUT naming all problems of both fields
     */
    public static Product product(@Nullable String designation, @Nullable String description) {
        List<Problem> problems = problems(designation, description);
        if (!problems.isEmpty() || designation == null) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "product", problems);
        }
        return new Product(designation, description == null ? "" : description);
    }

    /** All problems of both fields, designation first; empty when the product may be asked about. */
    public static List<Problem> problems(@Nullable String designation, @Nullable String description) {
        List<Problem> problems = new ArrayList<>(0);
        if (designation == null) {
            problems.add(new Problem(
                    "designation",
                    Reason.of("text-missing", "is missing; must be 1..{0} characters", MAX_DESIGNATION)));
        } else {
            if (designation.isBlank()) {
                problems.add(new Problem(
                        "designation",
                        Reason.of("text-blank", "is blank; must be 1..{0} characters of text", MAX_DESIGNATION)));
            }
            checkText("designation", designation, 1, MAX_DESIGNATION, problems);
        }
        if (description != null) {
            checkText("description", description, 0, MAX_DESCRIPTION, problems);
        }
        return problems;
    }

    private static void checkText(String field, String text, int min, int max, List<Problem> problems) {
        if (text.length() > max && text.codePointCount(0, text.length()) > max) {
            problems.add(new Problem(
                    field,
                    Reason.of(
                            "text-length",
                            "has {0} characters; must be {1}..{2}",
                            text.codePointCount(0, text.length()),
                            min,
                            max)));
        }
        int position = firstUnstorable(text);
        if (position >= 0) {
            problems.add(new Problem(
                    field,
                    String.format(
                            "has U+%04X at position %d; must be Unicode text without NUL and unpaired surrogates",
                            (int) text.charAt(position), position)));
        }
    }

    /** Position of the first character that no UTF-8 database column can keep; negative when there is none. */
    private static int firstUnstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return i;
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}

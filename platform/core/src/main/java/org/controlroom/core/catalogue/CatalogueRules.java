package org.controlroom.core.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Product;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the challenge's files can be taken. Wider than the limits of a prediction request, because real listings
 * are: they hold HTML, entities, line breaks and control characters, which the cleaning rules of the extractors deal with.
 */
public final class CatalogueRules {

    /** Characters of a designation at most. */
    public static final int MAX_DESIGNATION = 10_000;

    /** Characters of a description at most. */
    public static final int MAX_DESCRIPTION = 100_000;

    /** Columns of the product file; the first has no name. */
    public static final List<String> PRODUCT_COLUMNS =
            List.of("", "designation", "description", "productid", "imageid");

    /** Columns of the label file; the first has no name. */
    public static final List<String> LABEL_COLUMNS = List.of("", "prdtypecode");

    private CatalogueRules() {}

    /**
     * Checks the first row of a file.
     *
     * @throws ControlRoomException CATALOGUE_INVALID naming the file and the columns that are there twice, or both lists of
     *     columns
     */
    public static void checkHeader(String file, List<String> found, List<String> expected) {
        Set<String> seen = new HashSet<>();
        List<String> twice =
                found.stream().filter(column -> !seen.add(column)).distinct().toList();
        if (!twice.isEmpty()) {
            throw new ControlRoomException(
                    ErrorCode.CATALOGUE_INVALID,
                    Reason.of(
                            "columns-twice",
                            "{0} line 1: more than one column {1}; must be '{2}'",
                            file,
                            shown(String.join("', '", twice)),
                            String.join(",", expected)));
        }
        if (!found.equals(expected)) {
            throw new ControlRoomException(
                    ErrorCode.CATALOGUE_INVALID,
                    Reason.of(
                            "columns-wrong",
                            "{0} line 1: columns {1}; must be '{2}'",
                            file,
                            shown(String.join(",", found)),
                            String.join(",", expected)));
        }
    }

    /**
     * Reads a row of the product file.
     *
     * @throws ControlRoomException INVALID_INPUT with the reason for which the row cannot be taken
     */
    public static ProductRow product(List<String> fields) {
        checkCount(fields, PRODUCT_COLUMNS);
        String designation = fields.get(1);
        String description = fields.get(2);
        if (designation.isBlank()) {
            throw rejected(Reason.of(
                    "row-blank", "{0} is blank; must have 1..{1} characters", "designation", MAX_DESIGNATION));
        }
        checkText("designation", designation, MAX_DESIGNATION);
        checkText("description", description, MAX_DESCRIPTION);
        return new ProductRow(
                index(fields),
                number("productid", fields.get(3)),
                new Product(designation, description),
                fields.get(4).isEmpty() ? null : Long.valueOf(number("imageid", fields.get(4))));
    }

    /**
     * Reads a row of the label file.
     *
     * @throws ControlRoomException INVALID_INPUT with the reason for which the row cannot be taken
     */
    public static LabelRow label(List<String> fields) {
        checkCount(fields, LABEL_COLUMNS);
        long index = index(fields);
        String text = fields.get(1);
        if (text.isBlank()) {
            throw rejected(Reason.of("row-code-missing", "prdtypecode is missing; must be 1..{0}", Integer.MAX_VALUE));
        }
        long code = parse(text);
        if (code < 1 || code > Integer.MAX_VALUE) {
            throw rejected(Reason.of("row-code", "prdtypecode {0}; must be 1..{1}", shown(text), Integer.MAX_VALUE));
        }
        return new LabelRow(index, (int) code);
    }

    /** Value of the first column of a row that may be wrong otherwise; null when it is no number. */
    public static @Nullable Long indexOrNull(List<String> fields) {
        long index = fields.isEmpty() ? -1 : parse(fields.get(0));
        return index < 0 ? null : index;
    }

    private static long index(List<String> fields) {
        return number("row index", fields.get(0));
    }

    private static void checkCount(List<String> fields, List<String> columns) {
        if (fields.size() != columns.size()) {
            throw rejected(Reason.of("row-columns", "{0} columns; must be {1}", fields.size(), columns.size()));
        }
    }

    private static void checkText(String field, String text, int limit) {
        if (text.length() > limit) {
            throw rejected(
                    Reason.of("row-long", "{0} has {1} characters; must be at most {2}", field, text.length(), limit));
        }
        if (text.indexOf('\0') >= 0) {
            throw rejected(Reason.of(
                    "row-nul",
                    "{0} holds a NUL character at position {1}; databases keep none",
                    field,
                    text.indexOf('\0')));
        }
    }

    private static long number(String field, String text) {
        long value = parse(text);
        if (value < 0) {
            throw rejected(Reason.of(
                    "row-number", "{0} {1}; must be a whole number from 0 to {2}", field, shown(text), Long.MAX_VALUE));
        }
        return value;
    }

    /** A number of ASCII digits; negative when it is none or too large. */
    private static long parse(String text) {
        if (text.isEmpty() || text.length() > 19) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value < 0) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static String shown(String text) {
        return '\'' + (text.length() > 100 ? text.substring(0, 100) + '…' : text) + '\'';
    }

    private static ControlRoomException rejected(Reason reason) {
        return new ControlRoomException(ErrorCode.INVALID_INPUT, reason);
    }
}

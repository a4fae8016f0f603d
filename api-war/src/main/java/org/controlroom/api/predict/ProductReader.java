package org.controlroom.api.predict;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.controlroom.api.json.JsonMapping;
import org.controlroom.core.predict.ProductLimits;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;

/**
 * Reads one product from a JSON object: {@code designation}, and where given {@code description} and {@code imageid}.
 * Other fields are skipped, as the original does, but a field given twice is refused. Thread-safe.
 */
public final class ProductReader {

    private static final int MAX_NAME_IN_MESSAGE = 60;

    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /**
     * Reads the whole of the bytes as one object.
     *
     * @throws ControlRoomException MALFORMED_BODY with line and column when it is not one JSON object; INVALID_INPUT with
     *     the problems of all fields
     */
    public Product read(byte[] body, int length) {
        return read(body, length, 1);
    }

    /** @param firstLine number of the first line, for messages */
    Product read(byte[] body, int length, long firstLine) {
        PlainObject plain = new PlainObject(body, length);
        return plain.read()
                ? ProductLimits.product(plain.designation, plain.description)
                : parse(body, length, firstLine);
    }

    /** The same by the general parser alone. */
    Product parse(byte[] body, int length, long firstLine) {
        try (JsonParser parser = json.createParser(body, 0, length)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw first == null
                        ? new ControlRoomException(
                                ErrorCode.MALFORMED_BODY, "the body is empty; must be a JSON object with a designation")
                        : malformed("the body is " + kind(first) + "; must be a JSON object", body, 0, firstLine);
            }
            Fields fields = new Fields();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                fields.read(parser, body, firstLine);
            }
            if (parser.nextToken() != null) {
                throw malformed("something follows the JSON object", body, tokenOffset(parser), firstLine);
            }
            return fields.product();
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            int offset = location == null ? length : (int) Math.max(0, Math.min(length, location.getByteOffset()));
            throw malformed(JsonMapping.message(e), body, offset, firstLine);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array cannot fail", e);
        }
    }

    private static int tokenOffset(JsonParser parser) {
        return (int) Math.max(0, parser.currentTokenLocation().getByteOffset());
    }

    /** The position is counted here, because the parser counts columns in bytes. */
    private static ControlRoomException malformed(String what, byte[] body, int offset, long firstLine) {
        long line = firstLine;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            if (body[i] == '\n') {
                line++;
                column = 1;
            } else if ((body[i] & 0xC0) != 0x80) {
                column++;
            }
        }
        return new ControlRoomException(
                ErrorCode.MALFORMED_BODY, "JSON, line " + line + ", column " + column + ": " + what);
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }

    /** What was read of one object so far. */
    private static final class Fields {
        private @Nullable String designation;
        private @Nullable String description;
        private boolean designationGiven;
        private boolean descriptionGiven;
        private boolean imageIdGiven;
        private @Nullable Set<String> others;
        private @Nullable List<Problem> wrongTypes;

        void read(JsonParser parser, byte[] body, long firstLine) throws IOException {
            String name = parser.currentName();
            int offset = tokenOffset(parser);
            JsonToken value = parser.nextToken();
            boolean twice;
            switch (name) {
                case "designation" -> {
                    twice = designationGiven;
                    designationGiven = true;
                    designation = text(parser, value, name, "a string");
                }
                case "description" -> {
                    twice = descriptionGiven;
                    descriptionGiven = true;
                    description = value == JsonToken.VALUE_NULL ? null : text(parser, value, name, "a string or null");
                }
                case "imageid" -> {
                    twice = imageIdGiven;
                    imageIdGiven = true;
                    checkImageId(parser, value);
                }
                default -> {
                    twice = !others().add(name);
                    parser.skipChildren();
                }
            }
            if (twice) {
                throw malformed("field '" + shortened(name) + "' is given twice", body, offset, firstLine);
            }
        }

        private Set<String> others() {
            Set<String> known = others;
            if (known == null) {
                known = new HashSet<>();
                others = known;
            }
            return known;
        }

        private @Nullable String text(JsonParser parser, JsonToken value, String field, String allowed)
                throws IOException {
            if (value == JsonToken.VALUE_STRING) {
                return parser.getText();
            }
            wrong(field, "is " + kind(value) + "; must be " + allowed);
            parser.skipChildren();
            return null;
        }

        private void checkImageId(JsonParser parser, JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_NULL) {
                return;
            }
            if (value != JsonToken.VALUE_NUMBER_INT) {
                wrong("imageid", "is " + kind(value) + "; must be a whole number or null");
                parser.skipChildren();
            } else if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                wrong("imageid", "is beyond 64 bits; must be a whole number or null");
            }
        }

        private void wrong(String field, String message) {
            List<Problem> known = wrongTypes;
            if (known == null) {
                known = new ArrayList<>();
                wrongTypes = known;
            }
            known.add(new Problem(field, message));
        }

        Product product() {
            List<Problem> wrong = wrongTypes;
            if (wrong == null) {
                return ProductLimits.product(designation, description);
            }
            List<Problem> problems = new ArrayList<>(wrong);
            boolean wrongDesignation =
                    wrong.stream().anyMatch(problem -> problem.field().equals("designation"));
            // A designation of a wrong type is not a missing one as well.
            ProductLimits.problems(wrongDesignation ? "-" : designation, description)
                    .forEach(problems::add);
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, "product", problems);
        }
    }

    private static String shortened(String name) {
        return name.length() <= MAX_NAME_IN_MESSAGE ? name : name.substring(0, MAX_NAME_IN_MESSAGE) + "…";
    }
}

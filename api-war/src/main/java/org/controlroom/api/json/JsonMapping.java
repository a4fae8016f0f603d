package org.controlroom.api.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.PipelineRun;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.Stage;
import org.controlroom.spi.Product;
import org.jspecify.annotations.Nullable;

/** How the control routes turn objects into JSON: snake_case, instants as ISO 8601 in UTC, enumerations as people write them. */
public final class JsonMapping {

    private JsonMapping() {}

    /** A new mapper; strict when reading. */
    public static JsonMapper mapper() {
        SimpleModule texts = new SimpleModule("texts");
        texts.addSerializer(Instant.class, ToStringSerializer.instance);
        texts.addSerializer(RunStatus.class, new AsText<>(RunStatus::text));
        texts.addSerializer(Stage.class, new AsText<>(Stage::title));
        texts.addSerializer(Enum.class, new AsText<>(value -> value.name().toLowerCase(Locale.ROOT)));
        return JsonMapper.builder()
                .addModule(texts)
                .addMixIn(LabelledProduct.class, FlatProduct.class)
                .addMixIn(PipelineRun.class, RunThatMayWait.class)
                .addMixIn(PipelineRun.Step.class, StepWithUnknownTotal.class)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** What a parser found wrong, without what it says about itself and its own settings. */
    public static String message(JsonProcessingException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        if (failure instanceof StreamConstraintsException) {
            int limits = message.indexOf(" (`");
            String plain = limits < 0 ? message : message.substring(0, limits);
            return plain.contains("nesting depth")
                    ? "is nested deeper than " + StreamReadConstraints.DEFAULT_MAX_DEPTH + " levels"
                    : plain.contains("Number value length")
                            ? "has a number of more than " + StreamReadConstraints.DEFAULT_MAX_NUM_LEN + " digits"
                            : plain.contains("String value length")
                                    ? "has a text of more than " + StreamReadConstraints.DEFAULT_MAX_STRING_LEN
                                            + " characters"
                                    : plain;
        }
        return before(": enable `", before(" (start marker at", message));
    }

    private static String before(String mark, String message) {
        int at = message.indexOf(mark);
        return at < 0 ? message : message.substring(0, at);
    }

    /** Shows the texts of a product beside its id. */
    @SuppressWarnings("UnusedMethod") // read by reflection
    private interface FlatProduct {
        @JsonUnwrapped
        Product product();
    }

    /** Shows until when a run waits, and whether it was refused, beside what it is made of. */
    @SuppressWarnings("UnusedMethod") // read by reflection
    private interface RunThatMayWait {
        @JsonProperty
        @Nullable Instant waitsUntil();

        @JsonProperty
        boolean refused();
    }

    /** Shows a total that is not known as null. */
    @SuppressWarnings("UnusedMethod") // read by reflection
    private interface StepWithUnknownTotal {
        @JsonSerialize(using = NegativeAsNull.class)
        long total();
    }

    /** Writes a number, and null for one below zero, which stands for 'unknown'. */
    public static final class NegativeAsNull extends JsonSerializer<Long> {
        @Override
        public void serialize(Long value, com.fasterxml.jackson.core.JsonGenerator out, SerializerProvider serializers)
                throws IOException {
            if (value < 0) {
                out.writeNull();
            } else {
                out.writeNumber(value);
            }
        }
    }

    /** Writes a value as a text. */
    private static final class AsText<T> extends JsonSerializer<T> {
        private final Function<T, String> text;

        AsText(Function<T, String> text) {
            this.text = text;
        }

        @Override
        public void serialize(T value, com.fasterxml.jackson.core.JsonGenerator out, SerializerProvider serializers)
                throws IOException {
            out.writeString(text.apply(value));
        }
    }
}

package org.controlroom.plugins.onnx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;

/**
 * What {@code model.properties} says about a model; README.md has the keys.
 *
 * @param tokens whether the model takes WordPiece tokens instead of text
 * @param template how title and description become one text
 * @param columns label code of each column of the output
 * @param output name of the output; empty for the only one with numbers
 * @param probabilities whether the output has probabilities; scores otherwise
 * @param maxTokens most tokens of a product, start and end included
 * @param lowerCase whether the vocabulary is of lower case without accents
 */
record ModelDescription(
        boolean tokens,
        String template,
        int[] columns,
        String output,
        boolean probabilities,
        int maxTokens,
        boolean lowerCase) {

    private static final List<String> KEYS =
            List.of("input", "text", "labels", "output", "output_kind", "max_tokens", "lower_case");
    private static final int MOST_TOKENS = 4096;

    /** @throws org.controlroom.spi.ControlRoomException ARTIFACT_INVALID naming all mistakes */
    static ModelDescription of(Properties properties) {
        List<String> mistakes = new ArrayList<>();
        TreeSet<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        KEYS.forEach(unknown::remove);
        unknown.forEach(key -> mistakes.add(key + " is not known; known are " + KEYS));
        String input = choice(properties, "input", "text", "tokens", mistakes);
        String kind = choice(properties, "output_kind", "probabilities", "scores", mistakes);
        String lower = choice(properties, "lower_case", "true", "false", mistakes);
        String template = properties.getProperty("text", "{designation} {description}");
        if (!template.contains("{designation}") && !template.contains("{description}")) {
            mistakes.add("text='" + template + "'; must have {designation} or {description} in it");
        }
        int maxTokens = 0;
        try {
            maxTokens =
                    Integer.parseInt(properties.getProperty("max_tokens", "128").strip());
        } catch (NumberFormatException e) {
            // 0 is out of range, which the next check says.
        }
        if (maxTokens < 3 || maxTokens > MOST_TOKENS) {
            mistakes.add("max_tokens=" + properties.getProperty("max_tokens") + "; must be 3.." + MOST_TOKENS);
        }
        int[] columns = columns(properties.getProperty("labels", ""), mistakes);
        if (!mistakes.isEmpty()) {
            throw OnnxClassifierFactory.invalid(ModelFiles.DESCRIPTION + ": " + String.join("; ", mistakes));
        }
        return new ModelDescription(
                input.equals("tokens"),
                template,
                columns,
                properties.getProperty("output", "").strip(),
                kind.equals("probabilities"),
                maxTokens,
                lower.equals("true"));
    }

    /**
     * What would stand in {@value ModelFiles#DESCRIPTION}, out of the metadata in the model's own file.
     *
     * @throws org.controlroom.spi.ControlRoomException ARTIFACT_INVALID when there are no labels
     */
    static byte[] ofMetadata(Map<String, String> metadata) {
        if (!metadata.containsKey("labels")) {
            throw OnnxClassifierFactory.invalid(
                    "there is neither " + ModelFiles.DESCRIPTION + " nor the entry 'labels' in"
                            + " the metadata of " + ModelFiles.MODEL + ", which has " + new TreeSet<>(metadata.keySet())
                            + "; before it is logged, onnx.helper.set_model_props(model, {\"labels\":"
                            + " \"10,40,...\"}) puts it there");
        }
        StringBuilder lines = new StringBuilder();
        for (String key : KEYS) {
            String value = metadata.get(key);
            if (value != null) {
                String line = value.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n");
                lines.append(key).append('=').append(line).append('\n');
            }
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String choice(
            Properties properties, String key, String first, String second, List<String> mistakes) {
        String value = properties.getProperty(key, first).strip();
        if (!value.equals(first) && !value.equals(second)) {
            mistakes.add(key + "=" + value + "; must be " + first + " or " + second);
        }
        return value;
    }

    private static int[] columns(String text, List<String> mistakes) {
        try {
            String[] parts = text.isBlank() ? new String[0] : text.split(",", -1);
            int[] codes = new int[parts.length];
            for (int i = 0; i < parts.length; i++) {
                codes[i] = Integer.parseInt(parts[i].strip());
            }
            if (codes.length < 2 || Labels.of(codes).size() != codes.length) {
                mistakes.add("labels has " + codes.length + " codes; must be two or more different ones");
            }
            return codes;
        } catch (NumberFormatException e) {
            mistakes.add("labels='" + text + "'; must be whole numbers with commas between them");
            return new int[0];
        }
    }

    Labels labels() {
        return Labels.of(columns);
    }

    /** The text of a product. */
    String text(Product product) {
        return template.replace("{designation}", product.designation()).replace("{description}", product.description());
    }

    /**
     * As ONNX Runtime's Java interface can hand it over: it gives strings to the native side in modified UTF-8, which is
     * UTF-8 but for NUL and what is above U+FFFF. NUL becomes a space, each of the others U+FFFD.
     */
    static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                StringBuilder plain = new StringBuilder(text.length());
                text.codePoints()
                        .map(each -> each == 0 ? ' ' : each > 0xffff || isHalf(each) ? 0xfffd : each)
                        .forEach(plain::appendCodePoint);
                return plain.toString();
            }
        }
        return text;
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}

package org.controlroom.plugins.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.controlroom.onnxruntime.OnnxRuntime;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;
import org.controlroom.spi.classify.RawTextClassifier;
import org.jspecify.annotations.Nullable;

/** A session of ONNX Runtime. One thread a call: the platform calls from as many threads as there is work for. */
final class OnnxClassifier implements RawTextClassifier {

    private static final String DESIGNATION = "designation";
    private static final String FIELD_DESCRIPTION = "description";

    /** Probabilities are kept this far from 0 and 1, so that scores are finite; below the last digit of a float. */
    private static final double SMALLEST = 1e-30;

    private static final double LARGEST = 1 - 1e-12;

    /** Most products of one run: more are no faster, and hold memory that the garbage collector does not know of. */
    private static final int ROWS_A_RUN = 64;

    private final ModelFiles files;
    private final ModelDescription description;
    private final Labels labels;
    private final @Nullable WordPiece wordPiece;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String output;

    /** Column of the output of each label. */
    private final int[] columns;

    private OnnxClassifier(
            ModelFiles files,
            ModelDescription description,
            @Nullable WordPiece wordPiece,
            OrtEnvironment environment,
            OrtSession session)
            throws OrtException {
        this.files = files;
        this.description = description;
        this.wordPiece = wordPiece;
        this.environment = environment;
        this.session = session;
        labels = description.labels();
        columns = new int[labels.size()];
        for (int column = 0; column < columns.length; column++) {
            columns[labels.indexOf(description.columns()[column])] = column;
        }
        output = checkedOutput();
        checkInputs();
    }

    /** @throws ControlRoomException ARTIFACT_INVALID when the model does not run, or is not as described */
    static OnnxClassifier open(ModelFiles files) throws IOException {
        ModelDescription description = ModelDescription.of(files.description());
        WordPiece wordPiece = description.tokens()
                ? new WordPiece(files.lines(ModelFiles.VOCABULARY), description.lowerCase())
                : null;
        OrtSession session = null;
        boolean opened = false;
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            OrtEnvironment environment = OnnxRuntime.environment();
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(files.model().toString(), options);
            OnnxClassifier classifier = new OnnxClassifier(files, description, wordPiece, environment, session);
            classifier.score(new Product("x", ""), new float[classifier.labels.size()]);
            opened = true;
            return classifier;
        } catch (OrtException e) {
            throw OnnxClassifierFactory.invalid(ModelFiles.MODEL + ": " + e.getMessage(), e);
        } catch (ControlRoomException e) {
            throw e.code() == ErrorCode.PLUGIN_FAILED
                    ? OnnxClassifierFactory.invalid(ModelFiles.MODEL + " cannot be run: " + e.getMessage(), e)
                    : e;
        } finally {
            if (!opened && session != null) {
                close(session);
            }
        }
    }

    /** @throws ControlRoomException ARTIFACT_INVALID when it is no model that can be run */
    static Map<String, String> metadata(Path model) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = OnnxRuntime.environment().createSession(model.toString(), options)) {
            return session.getMetadata().getCustomMetadata();
        } catch (OrtException e) {
            throw OnnxClassifierFactory.invalid(ModelFiles.MODEL + ": " + e.getMessage(), e);
        }
    }

    /** Name of the output, which must hold a number a label. */
    private String checkedOutput() throws OrtException {
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        String wanted = description.output();
        for (NodeInfo node : outputs.values()) {
            boolean numbers = node.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT;
            if (numbers && (wanted.isEmpty() || wanted.equals(node.getName()))) {
                return node.getName();
            }
        }
        throw OnnxClassifierFactory.invalid(ModelFiles.MODEL + " has the outputs " + described(outputs) + "; must have "
                + (wanted.isEmpty() ? "one" : wanted) + " of float, a column a label (converted with zipmap off)");
    }

    private void checkInputs() throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        Set<String> allowed = description.tokens()
                ? Set.of("input_ids", "attention_mask", "token_type_ids")
                : Set.of(DESIGNATION, FIELD_DESCRIPTION);
        OnnxJavaType type = description.tokens() ? OnnxJavaType.INT64 : OnnxJavaType.STRING;
        boolean typed = inputs.values().stream()
                .allMatch(node -> node.getInfo() instanceof TensorInfo tensor && tensor.type == type);
        boolean one = !description.tokens() && inputs.size() == 1;
        if (!typed || !(one || allowed.containsAll(inputs.keySet()))) {
            throw OnnxClassifierFactory.invalid(ModelFiles.MODEL + " has the inputs " + described(inputs) + "; must be "
                    + (description.tokens() ? "" : "one, or ") + "some of "
                    + allowed.stream().sorted().toList() + ", of "
                    + type);
        }
    }

    private static String described(Map<String, NodeInfo> nodes) {
        return nodes.values().stream()
                .map(node -> node.getName() + " " + node.getInfo())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public Labels labels() {
        return labels;
    }

    @Override
    public void score(Product product, float[] out) {
        run(List.of(product), (row, label, score) -> out[label] = score);
    }

    /** Texts go through the model together. Tokens do not: rows of one run must be equally long, and padding is work. */
    @Override
    public void scoreAll(List<Product> products, float[][] out) {
        if (wordPiece != null) {
            RawTextClassifier.super.scoreAll(products, out);
            return;
        }
        for (int from = 0; from < products.size(); from += ROWS_A_RUN) {
            int first = from;
            run(
                    products.subList(from, Math.min(products.size(), from + ROWS_A_RUN)),
                    (row, label, score) -> out[first + row][label] = score);
        }
    }

    private interface Scores {
        void set(int row, int label, float score);
    }

    /** @param products at least one; exactly one where the model takes tokens */
    private void run(List<Product> products, Scores scores) {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try {
            addInputs(products, inputs);
            try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
                OnnxTensor tensor = (OnnxTensor) result.get(0);
                FloatBuffer values = tensor.getFloatBuffer();
                if (values.remaining() != columns.length * products.size()) {
                    throw new ControlRoomException(
                            ErrorCode.PLUGIN_FAILED,
                            OnnxClassifierFactory.ID + ": " + output + " has "
                                    + Arrays.toString(tensor.getInfo().getShape()) + " numbers for "
                                    + (products.size() == 1 ? "a product" : products.size() + " products")
                                    + "; must be " + columns.length + ", one a label, for each");
                }
                for (int row = 0; row < products.size(); row++) {
                    for (int k = 0; k < columns.length; k++) {
                        scores.set(row, k, score(values.get(row * columns.length + columns[k])));
                    }
                }
            }
        } catch (OrtException e) {
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_FAILED, OnnxClassifierFactory.ID + ": " + e.getMessage(), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private float score(float value) {
        if (!description.probabilities()) {
            return value;
        }
        double p = Math.max(SMALLEST, Math.min(LARGEST, value));
        // StrictMath, because the bits must be the same on every machine.
        return (float) (StrictMath.log(p) - StrictMath.log1p(-p));
    }

    private void addInputs(List<Product> products, Map<String, OnnxTensor> inputs) throws OrtException {
        if (wordPiece != null) {
            long[] ids = wordPiece.encode(description.text(products.get(0)), description.maxTokens());
            long[] ones = new long[ids.length];
            Arrays.fill(ones, 1);
            for (String name : session.getInputNames()) {
                long[] values =
                        name.equals("input_ids") ? ids : name.equals("attention_mask") ? ones : new long[ids.length];
                inputs.put(
                        name,
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length}));
            }
            return;
        }
        boolean one = session.getNumInputs() == 1;
        for (String name : session.getInputNames()) {
            String[] texts = new String[products.size()];
            for (int row = 0; row < texts.length; row++) {
                Product product = products.get(row);
                texts[row] = ModelDescription.plain(
                        one
                                ? description.text(product)
                                : name.equals(DESIGNATION) ? product.designation() : product.description());
            }
            inputs.put(name, OnnxTensor.createTensor(environment, texts, new long[] {texts.length, 1}));
        }
    }

    @Override
    public void save(OutputStream out) throws IOException {
        files.write(out);
    }

    @Override
    public void close() {
        close(session);
        files.close();
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException | IllegalStateException e) {
            // Closed before, or it cannot be: there is nothing that a caller could do.
        }
    }
}

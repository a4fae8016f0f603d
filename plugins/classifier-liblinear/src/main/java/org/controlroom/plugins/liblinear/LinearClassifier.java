package org.controlroom.plugins.liblinear;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.controlroom.plugins.liblinear.internal.CompactWeights;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Labels;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.Explaining;

/**
 * One hyperplane a label; the score is the signed distance from it, times the length of its normal vector.
 *
 * <p>State, big-endian: magic, format version, number of labels, number of features, the label codes ascending, the
 * weights, and a CRC-32 of all that as 8 bytes.
 */
final class LinearClassifier implements Classifier, Explaining {

    private static final int MAGIC = 0x43524c4c; // "CRLL"
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 4 * Integer.BYTES;

    private final Labels labels;
    private final CompactWeights weights;

    LinearClassifier(Labels labels, CompactWeights weights) {
        this.labels = labels;
        this.weights = weights;
    }

    @Override
    public Labels labels() {
        return labels;
    }

    @Override
    public int featureCount() {
        return weights.features();
    }

    @Override
    public void score(FeatureVector vector, float[] out) {
        weights.score(vector, out);
    }

    @Override
    public double explain(FeatureVector vector, int label, double[] out) {
        return weights.explain(vector, label, out);
    }

    @Override
    public void save(OutputStream out) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(out, 1 << 16), new CRC32());
        DataOutputStream data = new DataOutputStream(checked);
        data.writeInt(MAGIC);
        data.writeInt(VERSION);
        data.writeInt(labels.size());
        data.writeInt(weights.features());
        for (int k = 0; k < labels.size(); k++) {
            data.writeInt(labels.code(k));
        }
        weights.write(data);
        data.writeLong(checked.getChecksum().getValue());
        data.flush();
    }

    static LinearClassifier read(InputStream in) throws IOException {
        byte[] bytes = in.readAllBytes();
        ByteBuffer state = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER_BYTES + Long.BYTES || state.getInt() != MAGIC) {
            throw invalid("is not the state of this plugin");
        }
        int version = state.getInt();
        if (version != VERSION) {
            throw invalid("has format version " + version + "; must be " + VERSION);
        }
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - Long.BYTES);
        if (state.getLong(bytes.length - Long.BYTES) != crc.getValue()) {
            throw invalid("is damaged: its checksum is wrong");
        }
        int labels = state.getInt();
        int features = state.getInt();
        // Each label and each feature takes at least four bytes, so a wrong number cannot ask for more memory than
        // that.
        if (labels < 2 || features < 0 || (long) labels + features > bytes.length / Integer.BYTES) {
            throw invalid("says " + labels + " labels and " + features + " features in " + bytes.length + " bytes");
        }
        int[] codes = new int[labels];
        try {
            for (int k = 0; k < labels; k++) {
                codes[k] = state.getInt();
            }
            CompactWeights weights = CompactWeights.read(labels, features, state);
            Labels known = Labels.of(codes);
            if (state.remaining() != Long.BYTES || known.size() != labels) {
                throw invalid("has bytes left over, or labels twice");
            }
            return new LinearClassifier(known, weights);
        } catch (BufferUnderflowException e) {
            throw invalid("ends too early");
        }
    }

    private static ControlRoomException invalid(String why) {
        return new ControlRoomException(
                ErrorCode.ARTIFACT_INVALID, "classifier-liblinear: the classifier state " + why);
    }
}

package org.controlroom.plugins.majority;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Labels;
import org.controlroom.spi.classify.Classifier;

/**
 * The same score for every vector: the natural logarithm of each label's share of the training rows.
 *
 * <p>State, big-endian: magic, format version, number of features, number of labels, the label codes ascending, their
 * scores, and a CRC-32 of all that as 8 bytes.
 */
final class MajorityClassifier implements Classifier {

    private static final int MAGIC = 0x4d414a4f; // "MAJO"
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 4 * Integer.BYTES;

    private final Labels labels;
    private final int featureCount;
    private final float[] scores;

    MajorityClassifier(Labels labels, int featureCount, float[] scores) {
        this.labels = labels;
        this.featureCount = featureCount;
        this.scores = scores;
    }

    @Override
    public Labels labels() {
        return labels;
    }

    @Override
    public int featureCount() {
        return featureCount;
    }

    @Override
    public void score(FeatureVector vector, float[] out) {
        for (int i = 0; i < vector.size(); i++) {
            Objects.checkIndex(vector.indices()[i], featureCount);
        }
        System.arraycopy(scores, 0, out, 0, scores.length);
    }

    @Override
    public void save(OutputStream out) throws IOException {
        ByteBuffer state = ByteBuffer.allocate(HEADER_BYTES + labels.size() * 8 + Long.BYTES);
        state.putInt(MAGIC).putInt(VERSION).putInt(featureCount).putInt(labels.size());
        for (int k = 0; k < labels.size(); k++) {
            state.putInt(labels.code(k));
        }
        for (float score : scores) {
            state.putFloat(score);
        }
        out.write(state.putLong(checksum(state.array())).array());
    }

    static MajorityClassifier read(InputStream in) throws IOException {
        byte[] bytes = in.readAllBytes();
        ByteBuffer state = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER_BYTES + Long.BYTES || state.getInt() != MAGIC) {
            throw invalid("is not the state of this plugin");
        }
        int version = state.getInt();
        if (version != VERSION) {
            throw invalid("has format version " + version + "; must be " + VERSION);
        }
        if (state.getLong(bytes.length - Long.BYTES) != checksum(bytes)) {
            throw invalid("is damaged: its checksum is wrong");
        }
        int featureCount = state.getInt();
        int[] codes = new int[state.getInt()];
        for (int k = 0; k < codes.length; k++) {
            codes[k] = state.getInt();
        }
        float[] scores = new float[codes.length];
        for (int k = 0; k < codes.length; k++) {
            scores[k] = state.getFloat();
        }
        return new MajorityClassifier(Labels.of(codes), featureCount, scores);
    }

    /** CRC-32 of everything but the last 8 bytes, which hold it. */
    private static long checksum(byte[] state) {
        CRC32 crc = new CRC32();
        crc.update(state, 0, state.length - Long.BYTES);
        return crc.getValue();
    }

    private static ControlRoomException invalid(String why) {
        return new ControlRoomException(ErrorCode.ARTIFACT_INVALID, "example-majority: the classifier state " + why);
    }
}

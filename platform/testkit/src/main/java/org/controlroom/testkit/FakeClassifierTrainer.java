package org.controlroom.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Labels;
import org.controlroom.spi.TrainingContext;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.classify.Explaining;

/** Nearest mean by dot product: the score of a label is the vector's product with the label's mean, scaled to length 1. */
public final class FakeClassifierTrainer implements ClassifierTrainer {

    @Override
    public Classifier train(FeatureMatrix vectors, int[] labels, TrainingContext context) {
        context.settings().as(NoSettings.class);
        Labels known = Labels.of(labels);
        if (labels.length != vectors.rows() || known.size() < 2) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    "fake classifier: " + vectors.rows() + " rows, " + known.size() + " labels");
        }
        context.progress().throwIfCancelled();
        float[] means = new float[known.size() * vectors.columns()];
        for (int row = 0; row < labels.length; row++) {
            int from = known.indexOf(labels[row]) * vectors.columns();
            for (int i = vectors.rowOffsets()[row]; i < vectors.rowOffsets()[row + 1]; i++) {
                means[from + vectors.indices()[i]] += vectors.values()[i];
            }
        }
        for (int k = 0; k < known.size(); k++) {
            scaleToLengthOne(means, k * vectors.columns(), vectors.columns());
        }
        context.progress().report("averaging rows", labels.length, labels.length);
        return new NearestMean(known, vectors.columns(), means);
    }

    private static void scaleToLengthOne(float[] values, int from, int length) {
        double squares = 0;
        for (int i = from; i < from + length; i++) {
            squares += (double) values[i] * values[i];
        }
        for (int i = from; i < from + length && squares > 0; i++) {
            values[i] /= (float) Math.sqrt(squares);
        }
    }

    @Override
    public Classifier load(InputStream state) throws IOException {
        byte[] bytes = state.readAllBytes();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < 16 || in.getLong(bytes.length - 8) != checksum(bytes, bytes.length - 8)) {
            throw new ControlRoomException(ErrorCode.ARTIFACT_INVALID, "fake classifier: state is damaged");
        }
        int[] codes = new int[in.getInt()];
        int columns = in.getInt();
        for (int k = 0; k < codes.length; k++) {
            codes[k] = in.getInt();
        }
        float[] means = new float[codes.length * columns];
        for (int i = 0; i < means.length; i++) {
            means[i] = in.getFloat();
        }
        return new NearestMean(Labels.of(codes), columns, means);
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return ~crc.getValue();
    }

    /** It has no settings, so that any is unknown. */
    @interface NoSettings {}

    private record NearestMean(Labels labels, int featureCount, float[] means) implements Classifier, Explaining {

        @Override
        public void score(FeatureVector vector, float[] out) {
            for (int k = 0; k < labels.size(); k++) {
                double score = 0;
                for (int i = 0; i < vector.size(); i++) {
                    int index = Objects.checkIndex(vector.indices()[i], featureCount);
                    score += (double) means[k * featureCount + index] * vector.values()[i];
                }
                out[k] = (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, score));
            }
        }

        @Override
        public double explain(FeatureVector vector, int label, double[] out) {
            float[] scores = new float[labels.size()];
            score(vector, scores);
            double all = Math.abs((double) scores[label]);
            for (int i = 0; i < vector.size(); i++) {
                out[i] = (double) means[label * featureCount + vector.indices()[i]] * vector.values()[i];
                all += Math.abs(out[i]);
            }
            // Multiples of one power of two, so that every sum is exact.
            double grid = Math.ulp(all) * 4;
            double sum = 0;
            for (int i = 0; i < vector.size(); i++) {
                out[i] = Math.rint(out[i] / grid) * grid;
                sum += out[i];
            }
            return Math.rint(scores[label] / grid) * grid - sum;
        }

        @Override
        public void save(OutputStream out) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream data = new DataOutputStream(bytes);
            data.writeInt(labels.size());
            data.writeInt(featureCount);
            for (int code : labels.toArray()) {
                data.writeInt(code);
            }
            for (float mean : means) {
                data.writeFloat(mean);
            }
            data.writeLong(checksum(bytes.toByteArray(), bytes.size()));
            out.write(bytes.toByteArray());
        }
    }
}

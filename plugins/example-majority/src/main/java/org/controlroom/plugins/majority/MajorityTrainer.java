package org.controlroom.plugins.majority;

import java.io.IOException;
import java.io.InputStream;
import java.util.SortedMap;
import org.controlroom.spi.BringsPython;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.Labels;
import org.controlroom.spi.PluginInfo;
import org.controlroom.spi.TrainingContext;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Learns how frequent each label is. */
@Component(service = ClassifierTrainer.class)
@PluginInfo(id = "example-majority")
@Designate(ocd = MajoritySettings.class)
public final class MajorityTrainer implements ClassifierTrainer, BringsPython {

    @Override
    public Classifier train(FeatureMatrix vectors, int[] labels, TrainingContext context) {
        MajoritySettings settings = context.settings().as(MajoritySettings.class);
        Labels known = Labels.of(labels);
        if (labels.length != vectors.rows() || known.size() < 2) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    "example-majority: " + vectors.rows() + " rows, " + labels.length + " labels, " + known.size()
                            + " different; must be one label a row and two or more different ones");
        }
        double[] counts = new double[known.size()];
        for (int row = 0; row < labels.length; row++) {
            if (row % 100_000 == 0) {
                context.progress().throwIfCancelled();
            }
            counts[known.indexOf(labels[row])]++;
        }
        context.progress().report("counting labels", labels.length, labels.length);
        float[] scores = new float[counts.length];
        double total = labels.length + settings.smoothing() * counts.length;
        for (int k = 0; k < counts.length; k++) {
            scores[k] = (float) Math.log((counts[k] + settings.smoothing()) / total);
        }
        return new MajorityClassifier(known, vectors.columns(), scores);
    }

    @Override
    public Classifier load(InputStream state) throws IOException {
        return MajorityClassifier.read(state);
    }

    @Override
    public SortedMap<String, String> pythonFiles() {
        return BringsPython.filesBeside(MajorityTrainer.class, ENTRY);
    }
}

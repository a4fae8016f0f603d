package org.controlroom.plugins.liblinear;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.plugins.liblinear.internal.CompactWeights;
import org.controlroom.plugins.liblinear.internal.OneVersusRest;
import org.controlroom.spi.BringsPython;
import org.controlroom.spi.ChecksSettings;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureMatrix;
import org.controlroom.spi.Labels;
import org.controlroom.spi.PluginInfo;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Settings;
import org.controlroom.spi.TrainingContext;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.classify.WeighsLabels;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Trains linear classifiers; which kind is a setting, see {@link LiblinearSettings}. */
@Component(service = ClassifierTrainer.class)
@PluginInfo(id = "classifier-liblinear")
@Designate(ocd = LiblinearSettings.class)
public final class LiblinearTrainer implements ClassifierTrainer, WeighsLabels, ChecksSettings, BringsPython {

    @Override
    public Classifier train(FeatureMatrix vectors, int[] labels, TrainingContext context) {
        LiblinearSettings settings = context.settings().as(LiblinearSettings.class);
        List<Problem> problems = check(context.settings());
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, "classifier-liblinear", problems);
        }
        Labels known = Labels.of(labels);
        if (labels.length != vectors.rows() || known.size() < 2) {
            throw new ControlRoomException(
                    ErrorCode.TRAINING_DATA_INVALID,
                    "classifier-liblinear: " + vectors.rows() + " rows, " + labels.length + " labels, " + known.size()
                            + " different; must be one label a row and two or more different ones");
        }
        OneVersusRest oneVersusRest = new OneVersusRest(
                settings.solver(),
                settings.engine() == LiblinearSettings.Engine.LIBRARY,
                settings.cost(),
                settings.classWeights() == LiblinearSettings.ClassWeights.BALANCED,
                settings.bias(),
                settings.epsilon(),
                settings.maxIterations(),
                settings.naiveBayesPower());
        return new LinearClassifier(known, CompactWeights.of(oneVersusRest.train(vectors, labels, known, context)));
    }

    @Override
    public Settings weighingLabels(Settings given) {
        SortedMap<String, String> values = new TreeMap<>(given.values());
        values.put("classWeights", LiblinearSettings.ClassWeights.BALANCED.name());
        return Settings.of(values);
    }

    @Override
    public Classifier load(InputStream state) throws IOException {
        return LinearClassifier.read(state);
    }

    @Override
    public SortedMap<String, String> pythonFiles() {
        return BringsPython.filesBeside(LiblinearTrainer.class, ENTRY);
    }

    @Override
    public List<Problem> check(Settings settings) {
        LiblinearSettings typed = settings.as(LiblinearSettings.class);
        boolean library = typed.engine() == LiblinearSettings.Engine.LIBRARY
                || !typed.solver().name().endsWith("_DUAL");
        return library && typed.naiveBayesPower() > 0
                ? List.of(new Problem(
                        "naiveBayesPower",
                        typed.naiveBayesPower() + " goes with engine=AUTO and the DUAL solvers only; must be 0 here"))
                : List.of();
    }
}

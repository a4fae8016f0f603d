package org.controlroom.plugins.tfidf;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.controlroom.spi.BringsPython;
import org.controlroom.spi.ChecksSettings;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.PluginInfo;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Product;
import org.controlroom.spi.Settings;
import org.controlroom.spi.TrainingContext;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.FeatureExtractorFactory;
import org.controlroom.text.Cleaning;
import org.controlroom.text.PythonFiles;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Learns which n-grams a catalogue has, and weighs them by TF-IDF as scikit-learn's TfidfVectorizer does. */
@Component(service = FeatureExtractorFactory.class)
@PluginInfo(id = TfidfExtractor.ID)
@Designate(ocd = TfidfSettings.class)
public final class TfidfExtractorFactory implements FeatureExtractorFactory, ChecksSettings, BringsPython {

    @Override
    public FeatureExtractor fit(List<Product> products, TrainingContext context) {
        TfidfSettings settings = context.settings().as(TfidfSettings.class);
        List<Problem> problems = check(context.settings());
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, TfidfExtractor.ID, problems);
        }
        List<WeightedField> fields = WeightedField.active(settings);
        Vocabulary vocabulary = new VocabularyLearning(
                        fields, settings.maxDf(), TfidfExtractor.analyzer(settings), context)
                .learn(products);
        return new TfidfExtractor(context.settings(), vocabulary);
    }

    @Override
    public FeatureExtractor load(InputStream state) throws IOException {
        return TfidfExtractor.load(state);
    }

    @Override
    public SortedMap<String, String> pythonFiles() {
        return PythonFiles.of(TfidfExtractorFactory.class);
    }

    @Override
    public List<Problem> check(Settings settings) {
        TfidfSettings typed = settings.as(TfidfSettings.class);
        List<Problem> problems = new ArrayList<>(WeightedField.check(typed));
        if (typed.cleaning() == Cleaning.ALL && !typed.lowerCase()) {
            problems.add(new Problem("lowerCase", "false does not go with cleaning=ALL; its rules are in lower case"));
        }
        return problems;
    }
}

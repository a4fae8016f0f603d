package org.controlroom.plugins.hashing;

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

/** Makes extractors that learn nothing: the settings alone decide, so they fit streams and little memory. */
@Component(service = FeatureExtractorFactory.class)
@PluginInfo(id = HashingExtractor.ID)
@Designate(ocd = HashingSettings.class)
public final class HashingExtractorFactory implements FeatureExtractorFactory, ChecksSettings, BringsPython {

    @Override
    public FeatureExtractor fit(List<Product> products, TrainingContext context) {
        List<Problem> problems = check(context.settings());
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, HashingExtractor.ID, problems);
        }
        context.progress().throwIfCancelled();
        context.progress().report("nothing to learn", products.size(), products.size());
        return new HashingExtractor(context.settings());
    }

    @Override
    public FeatureExtractor load(InputStream state) throws IOException {
        return HashingExtractor.load(state);
    }

    @Override
    public SortedMap<String, String> pythonFiles() {
        return PythonFiles.of(HashingExtractorFactory.class);
    }

    @Override
    public List<Problem> check(Settings settings) {
        HashingSettings typed = settings.as(HashingSettings.class);
        List<Problem> problems = new ArrayList<>(HashedField.check(typed));
        if (typed.cleaning() == Cleaning.ALL && !typed.lowerCase()) {
            problems.add(new Problem("lowerCase", "false does not go with cleaning=ALL; its rules are in lower case"));
        }
        return problems;
    }
}

package org.controlroom.plugins.hashing;

import java.util.Map;
import org.controlroom.spi.BringsPython;
import org.controlroom.spi.Settings;
import org.controlroom.testkit.PluginSettings;
import org.controlroom.testkit.PythonContract;

class HashingPythonTest extends PythonContract {

    @Override
    protected BringsPython component() {
        return new HashingExtractorFactory();
    }

    @Override
    protected Settings settings() {
        return PluginSettings.schemaOf(HashingSettings.class)
                .complete(
                        "extractor-hashing",
                        Map.of(
                                "descriptionWordsWeight",
                                "0.5",
                                "titleCharactersWeight",
                                "0.7",
                                "textCharactersWeight",
                                "0.5",
                                "stopWords",
                                "ALL"));
    }
}

package org.controlroom.plugins.tfidf;

import java.util.Map;
import org.controlroom.spi.BringsPython;
import org.controlroom.spi.Settings;
import org.controlroom.testkit.PluginSettings;
import org.controlroom.testkit.PythonContract;

class TfidfPythonTest extends PythonContract {

    @Override
    protected BringsPython component() {
        return new TfidfExtractorFactory();
    }

    @Override
    protected Settings settings() {
        return PluginSettings.schemaOf(TfidfSettings.class)
                .complete(
                        "extractor-tfidf",
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

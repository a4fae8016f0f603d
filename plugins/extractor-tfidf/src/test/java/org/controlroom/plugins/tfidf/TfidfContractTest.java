package org.controlroom.plugins.tfidf;

import java.util.Map;
import org.controlroom.spi.Settings;
import org.controlroom.spi.feature.FeatureExtractorFactory;
import org.controlroom.testkit.FeatureExtractorContract;

class TfidfContractTest extends FeatureExtractorContract {

    @Override
    protected FeatureExtractorFactory factory() {
        return new TfidfExtractorFactory();
    }

    /** All fields on, and limits tight enough to cut off terms with equal counts. */
    @Override
    protected Settings settings() {
        return Settings.of(Map.of(
                "descriptionWordsWeight", "0.5",
                "titleCharactersWeight", "0.7",
                "textCharactersWeight", "0.5",
                "titleWordsMinDf", "1",
                "textWordsMaxFeatures", "200",
                "textCharactersMaxFeatures", "500",
                "maxDf", "0.9",
                "stopWords", "ALL"));
    }

    @Override
    protected boolean locatesTerms() {
        return true;
    }
}

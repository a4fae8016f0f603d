package org.controlroom.plugins.hashing;

import java.util.Map;
import org.controlroom.spi.Settings;
import org.controlroom.spi.feature.FeatureExtractorFactory;
import org.controlroom.testkit.FeatureExtractorContract;

class HashingContractTest extends FeatureExtractorContract {

    @Override
    protected FeatureExtractorFactory factory() {
        return new HashingExtractorFactory();
    }

    /** All fields on, and so few features that terms of one product share one. */
    @Override
    protected Settings settings() {
        return Settings.of(Map.of(
                "bits", "8",
                "descriptionWordsWeight", "0.5",
                "titleCharactersWeight", "0.7",
                "textCharactersWeight", "0.5"));
    }

    @Override
    protected boolean locatesTerms() {
        return true;
    }
}

package org.controlroom.testkit;

import org.controlroom.spi.feature.FeatureExtractorFactory;

class FakeExtractorContractTest extends FeatureExtractorContract {

    @Override
    protected FeatureExtractorFactory factory() {
        return new FakeExtractorFactory();
    }

    @Override
    protected boolean locatesTerms() {
        return true;
    }
}

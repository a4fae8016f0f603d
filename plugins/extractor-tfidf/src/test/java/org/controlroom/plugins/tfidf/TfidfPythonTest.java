package org.controlroom.plugins.tfidf;

import org.controlroom.spi.BringsPython;
import org.controlroom.testkit.TextExtractorPythonContract;

class TfidfPythonTest extends TextExtractorPythonContract {

    @Override
    protected BringsPython component() {
        return new TfidfExtractorFactory();
    }

    @Override
    protected Class<?> annotation() {
        return TfidfSettings.class;
    }
}

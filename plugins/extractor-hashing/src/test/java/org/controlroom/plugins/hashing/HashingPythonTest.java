package org.controlroom.plugins.hashing;

import org.controlroom.spi.BringsPython;
import org.controlroom.testkit.TextExtractorPythonContract;

class HashingPythonTest extends TextExtractorPythonContract {

    @Override
    protected BringsPython component() {
        return new HashingExtractorFactory();
    }

    @Override
    protected Class<?> annotation() {
        return HashingSettings.class;
    }
}

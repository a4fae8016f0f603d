package org.controlroom.testkit;

import org.controlroom.spi.drift.DriftDetector;

class FakeDriftDetectorContractTest extends DriftDetectorContract {

    @Override
    protected DriftDetector detector() {
        return new FakeDriftDetector();
    }
}

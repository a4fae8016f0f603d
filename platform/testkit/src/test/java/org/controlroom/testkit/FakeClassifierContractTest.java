package org.controlroom.testkit;

import org.controlroom.spi.classify.ClassifierTrainer;

class FakeClassifierContractTest extends ClassifierContract {

    @Override
    protected ClassifierTrainer trainer() {
        return new FakeClassifierTrainer();
    }

    @Override
    protected boolean explains() {
        return true;
    }
}

package org.controlroom.plugins.majority;

import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.testkit.ClassifierContract;

class MajorityContractTest extends ClassifierContract {

    @Override
    protected ClassifierTrainer trainer() {
        return new MajorityTrainer();
    }

    /** It looks at no feature: right as often as the most frequent label, here a third of the rows. */
    @Override
    protected double requiredAccuracy() {
        return 0.2;
    }
}

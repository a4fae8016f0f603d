package org.controlroom.spi.classify;

import org.controlroom.spi.Settings;

/**
 * What a {@link ClassifierTrainer} also is when its own settings can make all labels weigh the same, however many rows each
 * has. A dataset version that is balanced by class weights is trained on with these.
 */
public interface WeighsLabels {

    /**
     * The settings, changed so that every row of a label weighs rows / (labels * rows of the label), and otherwise the same.
     *
     * @param given complete; not changed
     * @return complete; equal to {@code given} when it weighs labels so already
     */
    Settings weighingLabels(Settings given);
}

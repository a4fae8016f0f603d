/**
 * Turning feature vectors into one score a label.
 *
 * <p>Not here: calibration, which the platform does on rows the trainer never saw. Start with {@link org.controlroom.spi.classify.ClassifierTrainer}.
 */
@Version("1.1.0")
@NullMarked
package org.controlroom.spi.classify;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

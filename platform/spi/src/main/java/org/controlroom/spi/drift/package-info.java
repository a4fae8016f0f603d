/**
 * Comparing a current sample with a reference sample.
 *
 * <p>Not here: collecting the samples, or deciding what to do about drift. Start with {@link org.controlroom.spi.drift.DriftDetector}.
 */
@Version("1.0.0")
@NullMarked
package org.controlroom.spi.drift;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

/**
 * Turning products into sparse feature vectors.
 *
 * <p>Not here: anything that sees a label. Start with {@link org.controlroom.spi.feature.FeatureExtractorFactory}.
 */
@Version("1.1.0")
@NullMarked
package org.controlroom.spi.feature;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

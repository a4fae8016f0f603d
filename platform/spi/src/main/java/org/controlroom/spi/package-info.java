/**
 * Everything a plugin may know: products, feature vectors, settings, errors and progress, built from JDK types only.
 *
 * <p>Not here: how plugins are hosted, stored or served. Start with {@link org.controlroom.spi.Product}, then
 * {@link org.controlroom.spi.feature.FeatureExtractorFactory} and {@link org.controlroom.spi.classify.ClassifierTrainer}.
 */
@Version("1.1.0")
@NullMarked
package org.controlroom.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

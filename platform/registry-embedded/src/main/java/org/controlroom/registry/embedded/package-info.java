/**
 * A model registry of our own: tables for what was logged, files with checksums for artifacts, MLflow's meaning of both.
 *
 * <p>Not here: training and promotion, which only use it. Start with
 * {@link org.controlroom.registry.embedded.EmbeddedModelRegistry}.
 */
@NullMarked
package org.controlroom.registry.embedded;

import org.jspecify.annotations.NullMarked;

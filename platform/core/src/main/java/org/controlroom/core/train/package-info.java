/**
 * Training a model from the catalogue to a registered version: split, fit, train, calibrate, evaluate, register.
 *
 * <p>Not here: how a pipeline is run and restarted, or whether a version is promoted. Start with
 * {@link org.controlroom.core.train.TrainModelPipeline}.
 */
@NullMarked
package org.controlroom.core.train;

import org.jspecify.annotations.NullMarked;

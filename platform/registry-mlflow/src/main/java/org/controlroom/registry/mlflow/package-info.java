/**
 * The model registry on an MLflow server: runs by its Java client, models by its REST interface, artifacts by HTTP.
 *
 * <p>Not here: training and promotion, which only use it. Start with
 * {@link org.controlroom.registry.mlflow.MlflowModelRegistry}.
 */
@NullMarked
package org.controlroom.registry.mlflow;

import org.jspecify.annotations.NullMarked;

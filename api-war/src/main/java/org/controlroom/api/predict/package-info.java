/**
 * {@code POST /predict} and {@code POST /predict/batch}: reading products, answering predictions, as plain servlets.
 *
 * <p>Not here: predicting, logging and counting, which {@link org.controlroom.core.predict.ServePrediction} does. Start with
 * {@link org.controlroom.api.predict.PredictServlet}.
 */
@NullMarked
package org.controlroom.api.predict;

import org.jspecify.annotations.NullMarked;

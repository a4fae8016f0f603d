/**
 * Answering one question with one immutable model: limits of the input, the live model, scores, calibrated probabilities.
 *
 * <p>Not here: how a model becomes live (package promote) and how the answer is sent. Start with
 * {@link org.controlroom.core.predict.ServePrediction}.
 */
@NullMarked
package org.controlroom.core.predict;

import org.jspecify.annotations.NullMarked;

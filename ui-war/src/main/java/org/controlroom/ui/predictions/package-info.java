/**
 * The prediction pages: the form with its explained answer, the history, one prediction, and batches.
 *
 * <p>Not here: how the API is called. Start with {@link org.controlroom.ui.predictions.PredictionForm}; the markup is
 * {@code predictions*.xhtml}.
 */
@NullMarked
package org.controlroom.ui.predictions;

import org.jspecify.annotations.NullMarked;

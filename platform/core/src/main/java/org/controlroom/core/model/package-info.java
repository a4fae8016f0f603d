/**
 * The nouns: predictions, model versions, runs, evaluations, pages.
 *
 * <p>Not here: rules that need the outside world. Start with {@link org.controlroom.core.model.Prediction}.
 */
@NullMarked
package org.controlroom.core.model;

import org.jspecify.annotations.NullMarked;

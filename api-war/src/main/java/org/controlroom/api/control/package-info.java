/**
 * The control routes under {@code /api/v1}: status, models, runs, pipelines, plugins, loads, datasets, predictions.
 *
 * <p>Not here: the rules, which are in core, and {@code /predict}. Start with
 * {@link org.controlroom.api.control.ControlApplication}.
 */
@NullMarked
package org.controlroom.api.control;

import org.jspecify.annotations.NullMarked;

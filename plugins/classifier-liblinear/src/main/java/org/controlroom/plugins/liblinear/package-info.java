/**
 * Linear classifiers, one against the rest for each label: support vector machines and logistic regression.
 *
 * <p>Not here: the solvers themselves ({@code internal}) and calibration, which the platform does. Start with {@link
 * org.controlroom.plugins.liblinear.LiblinearTrainer}.
 */
@NullMarked
package org.controlroom.plugins.liblinear;

import org.jspecify.annotations.NullMarked;

/**
 * The training and registry pages: one bean a page, made anew for each request, its state in the address.
 *
 * <p>Not here: what the API answers, which is in {@link org.controlroom.ui.client}. Start with
 * {@link org.controlroom.ui.training.TrainingRunsPage}.
 */
@NullMarked
package org.controlroom.ui.training;

import org.jspecify.annotations.NullMarked;

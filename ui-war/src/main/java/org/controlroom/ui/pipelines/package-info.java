/**
 * Pages about pipelines: what there is, what ran, and when it runs by itself.
 *
 * <p>Not here: the page of one run, which the training pages have too ({@code TrainingPipelinePage}). Start with
 * {@link org.controlroom.ui.pipelines.PipelinesPage}.
 */
@NullMarked
package org.controlroom.ui.pipelines;

import org.jspecify.annotations.NullMarked;

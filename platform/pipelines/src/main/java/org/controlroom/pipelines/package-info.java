/**
 * Runs pipelines as Jakarta Batch jobs, one run of a kind at a time, and writes down what each step did.
 *
 * <p>Not here: what the steps do; that is in the {@link org.controlroom.core.port.PipelineDefinition} of each pipeline.
 * Start with {@link org.controlroom.pipelines.BatchPipelines}.
 */
@NullMarked
package org.controlroom.pipelines;

import org.jspecify.annotations.NullMarked;

/**
 * What the batch runtime calls, and what calls the batch runtime.
 *
 * <p>Not here: the rules of the steps. Start with {@link org.controlroom.pipelines.internal.StepRunner}; the batchlet, the
 * listener and the producer around it only connect it to the container.
 */
@NullMarked
package org.controlroom.pipelines.internal;

import org.jspecify.annotations.NullMarked;

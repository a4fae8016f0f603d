/**
 * What the training and registry pages ask the API, and the answers as records.
 *
 * <p>Not here: anything that is shown. Start with {@link org.controlroom.ui.training.client.TrainingClient}.
 */
@NullMarked
package org.controlroom.ui.training.client;

import org.jspecify.annotations.NullMarked;

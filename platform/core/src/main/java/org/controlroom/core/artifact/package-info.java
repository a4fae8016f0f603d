/**
 * The folder {@code model/} of a trained model: what is in it, how it is written, how it is read and checked.
 *
 * <p>Not here: training one, or making one live. Start with {@link org.controlroom.core.artifact.Manifest}.
 */
@NullMarked
package org.controlroom.core.artifact;

import org.jspecify.annotations.NullMarked;

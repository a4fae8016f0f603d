/**
 * Deciding which version serves, and making it serve without a failed call.
 *
 * <p>Not here: training, or answering predictions. Start with {@link org.controlroom.core.promote.PromoteModel}, then
 * {@link org.controlroom.core.promote.ActivateModel}.
 */
@NullMarked
package org.controlroom.core.promote;

import org.jspecify.annotations.NullMarked;

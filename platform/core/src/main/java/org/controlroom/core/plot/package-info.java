/**
 * Pictures of figures, as PNG files: the same figures give the same pixels on every machine, with or without fonts and screen.
 *
 * <p>Not here: what a picture says, or where its figures come from. Start with {@link org.controlroom.core.plot.Picture}, then
 * {@link org.controlroom.core.plot.Frame}.
 */
@NullMarked
package org.controlroom.core.plot;

import org.jspecify.annotations.NullMarked;

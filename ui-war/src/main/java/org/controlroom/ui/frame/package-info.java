/**
 * What every page has around and inside it: menu, theme, language, addresses, charts, written figures, and the refusal of
 * requests that another site sent.
 *
 * <p>Not here: what a page shows. Start with {@link org.controlroom.ui.frame.Frame}; the markup is
 * {@code WEB-INF/template.xhtml} and {@code resources/cr}.
 */
@NullMarked
package org.controlroom.ui.frame;

import org.jspecify.annotations.NullMarked;

/**
 * The pages about the catalogue: figures, products, loads, uploads; one bean a page.
 *
 * <p>Not here: how the API is called. Start with {@link org.controlroom.ui.dataset.DatasetOverview}; the markup is
 * {@code dataset*.xhtml}.
 */
@NullMarked
package org.controlroom.ui.dataset;

import org.jspecify.annotations.NullMarked;

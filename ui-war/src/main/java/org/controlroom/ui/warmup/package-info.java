/**
 * Opens every page once when the server has started, so that the first reader does not wait for templates to be compiled
 * and classes to be loaded. Knows no page: it follows the links from the home page, as a reader would. Read
 * {@link org.controlroom.ui.warmup.FirstVisits} first.
 */
@NullMarked
package org.controlroom.ui.warmup;

import org.jspecify.annotations.NullMarked;

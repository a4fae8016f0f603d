/**
 * The home page: the live model, its figures, and a form that predicts.
 *
 * <p>Not here: how the API is called. Start with {@link org.controlroom.ui.home.HomePage}; the markup is {@code index.xhtml}.
 */
@NullMarked
package org.controlroom.ui.home;

import org.jspecify.annotations.NullMarked;

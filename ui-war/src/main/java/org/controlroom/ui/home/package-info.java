/**
 * The home page: every part of the node at a glance, its live model, its last hour, the last runs and predictions.
 *
 * <p>Not here: how the API is called. Start with {@link org.controlroom.ui.home.HomePage}; the markup is {@code index.xhtml}.
 */
@NullMarked
package org.controlroom.ui.home;

import org.jspecify.annotations.NullMarked;

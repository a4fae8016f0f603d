/**
 * The control room's REST API as the pages see it: what they ask, and the answers as records.
 *
 * <p>Not here: anything that is shown, and anything of the platform's own classes. Start with
 * {@link org.controlroom.ui.client.ApiConnection}.
 */
@NullMarked
package org.controlroom.ui.client;

import org.jspecify.annotations.NullMarked;

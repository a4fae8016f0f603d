/**
 * The pages of plugins: what is installed, what a jar holds before it is installed, updates while they happen, settings.
 *
 * <p>Not here: what the API is asked for, see {@link org.controlroom.ui.client.PluginsClient}. Start with
 * {@link org.controlroom.ui.plugins.PluginsPage}; every page has one bean.
 */
@NullMarked
package org.controlroom.ui.plugins;

import org.jspecify.annotations.NullMarked;

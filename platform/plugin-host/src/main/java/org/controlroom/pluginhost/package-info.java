/**
 * Hosting plugins: an embedded OSGi framework that installs, updates and removes them while they are called.
 *
 * <p>Not here: what plugins do ({@code org.controlroom.spi}) and who calls them ({@code org.controlroom.core}). Start with
 * {@link org.controlroom.pluginhost.FelixPluginHost}.
 */
@NullMarked
package org.controlroom.pluginhost;

import org.jspecify.annotations.NullMarked;

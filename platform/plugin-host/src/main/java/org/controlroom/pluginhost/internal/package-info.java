/**
 * The parts of the plugin host: framework, storage, prechecks, leases, settings, updates.
 *
 * <p>Not here: anything another module may import. Start with {@link org.controlroom.pluginhost.internal.PluginHost}.
 */
@NullMarked
package org.controlroom.pluginhost.internal;

import org.jspecify.annotations.NullMarked;

/**
 * Tests of single parts of the plugin host.
 *
 * <p>Not here: anything that needs the framework. Start with {@link org.controlroom.pluginhost.internal.SystemPackagesTest}.
 */
@NullMarked
package org.controlroom.pluginhost.internal;

import org.jspecify.annotations.NullMarked;

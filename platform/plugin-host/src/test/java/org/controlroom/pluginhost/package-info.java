/**
 * Tests of the plugin host on the real framework, with bundles that are built while they run.
 *
 * <p>Not here: tests of any plugin. Start with {@link org.controlroom.pluginhost.TestBundle}.
 */
@NullMarked
package org.controlroom.pluginhost;

import org.jspecify.annotations.NullMarked;

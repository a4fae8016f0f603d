/**
 * What the outside must offer to the rules: one interface each for the registry, catalogue, logs, plugins, pipelines.
 *
 * <p>Not here: any implementation; adapters live in their own modules. Start with {@link org.controlroom.core.port.ModelRegistry}.
 */
@NullMarked
package org.controlroom.core.port;

import org.jspecify.annotations.NullMarked;

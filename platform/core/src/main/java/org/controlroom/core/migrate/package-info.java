/**
 * Moves what one model registry has into another.
 *
 * <p>Not here: what a registry is, which {@link org.controlroom.core.port.ModelRegistry} says. Start with
 * {@link org.controlroom.core.migrate.MigrateRegistryPipeline}.
 */
@NullMarked
package org.controlroom.core.migrate;

import org.jspecify.annotations.NullMarked;

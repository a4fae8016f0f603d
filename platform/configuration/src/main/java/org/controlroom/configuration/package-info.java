/**
 * The names of all settings, for the launcher that reads files and the server that is given values.
 *
 * <p>Not here: values, defaults and what they mean, which is in {@code deploy/runtime/README.md}. Start with
 * {@link org.controlroom.configuration.KnownKeys}.
 */
@NullMarked
package org.controlroom.configuration;

import org.jspecify.annotations.NullMarked;

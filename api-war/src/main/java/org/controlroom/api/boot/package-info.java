/**
 * The composition root: reads the configuration, makes every adapter and use case, hands them to routes and pipelines, and
 * takes all down again. The only code that sees adapters and core together.
 *
 * <p>Not here: rules, SQL, HTTP. Start with {@link org.controlroom.api.boot.ControlRoom}.
 */
@NullMarked
package org.controlroom.api.boot;

import org.jspecify.annotations.NullMarked;

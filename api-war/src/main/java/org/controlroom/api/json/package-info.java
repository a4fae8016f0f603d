/**
 * JSON in and out: the fast writer for predictions and problems, and the mapper for everything else, in snake_case.
 *
 * <p>Not here: what the objects mean. Start with {@link org.controlroom.api.json.JsonBytes}.
 */
@NullMarked
package org.controlroom.api.json;

import org.jspecify.annotations.NullMarked;

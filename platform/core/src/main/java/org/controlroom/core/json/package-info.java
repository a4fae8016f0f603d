/**
 * A small strict JSON reader and a writer that gives the same bytes for the same values on every JVM.
 *
 * <p>Not here: mapping to classes, streaming, or requests and answers of the API. Start with
 * {@link org.controlroom.core.json.Json}.
 */
@NullMarked
package org.controlroom.core.json;

import org.jspecify.annotations.NullMarked;

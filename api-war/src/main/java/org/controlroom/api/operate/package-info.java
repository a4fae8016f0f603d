/**
 * What an operator's tools ask for: status, health checks, metrics, documentation pages.
 *
 * <p>Not here: changing anything. Start with {@link org.controlroom.api.operate.NodeStatus}.
 */
@NullMarked
package org.controlroom.api.operate;

import org.jspecify.annotations.NullMarked;

/**
 * The solvers, and the compact weights that scoring reads.
 *
 * <p>Not here: settings and the service. Start with {@link org.controlroom.plugins.liblinear.internal.OneVersusRest},
 * then {@link org.controlroom.plugins.liblinear.internal.CompactWeights}.
 */
@NullMarked
package org.controlroom.plugins.liblinear.internal;

import org.jspecify.annotations.NullMarked;

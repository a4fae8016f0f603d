/**
 * How errors are answered: one table from error code to HTTP status, one writer of {@code application/problem+json}.
 *
 * <p>Not here: deciding that something is an error. Start with {@link org.controlroom.api.problem.ProblemTable}.
 */
@NullMarked
package org.controlroom.api.problem;

import org.jspecify.annotations.NullMarked;

/**
 * Comparing versions on the same rows: how often they agree, whether one is better by more than chance, and what the
 * promotion policy says of one of them.
 *
 * <p>Not here: the rules of the policy, or the training that measures its own version. Start with
 * {@link org.controlroom.core.compare.CompareVersions}, then {@link org.controlroom.core.compare.JudgeVersion}.
 */
@NullMarked
package org.controlroom.core.compare;

import org.jspecify.annotations.NullMarked;

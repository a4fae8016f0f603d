package org.controlroom.ui.client;

import org.jspecify.annotations.Nullable;

/**
 * A prediction with its reasons.
 *
 * @param reasons of the predicted label; null when the model cannot explain
 * @param runnerUp of the second most likely one; null when there is none
 */
public record ExplainedAnswer(
        Answer answer, @Nullable Reasons reasons, @Nullable Reasons runnerUp) {}

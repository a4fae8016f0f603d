/**
 * The rules of schedules: which fire times are due, which were missed, and what becomes of each.
 *
 * <p>Not here: how cron expressions are read and where schedules are kept. Start with
 * {@link org.controlroom.core.schedule.RunSchedules}.
 */
@NullMarked
package org.controlroom.core.schedule;

import org.jspecify.annotations.NullMarked;

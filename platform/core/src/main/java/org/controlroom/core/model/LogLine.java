package org.controlroom.core.model;

import java.time.Instant;

/**
 * One line of a pipeline run's log.
 *
 * @param number position in the run's log, from 1
 * @param level INFO, WARNING or ERROR
 */
public record LogLine(long number, Instant time, String level, String text) {}

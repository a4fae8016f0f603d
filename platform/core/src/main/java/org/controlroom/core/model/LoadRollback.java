package org.controlroom.core.model;

import java.time.Instant;

/**
 * That a load was taken back.
 *
 * @param by who asked for it; {@code api} while nobody signs in
 * @param reason why, for people
 */
public record LoadRollback(Instant at, String by, String reason) {}

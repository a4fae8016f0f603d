package org.controlroom.api.control;

/**
 * What the configuration says about requests for runs.
 *
 * @param callbacks whether callbacks can be signed, and so be asked for
 */
public record PipelineOptions(boolean callbacks) {}

/**
 * What is counted: every metric name once, the Prometheus registry that holds the figures, and their view in MicroProfile Metrics.
 *
 * <p>Not here: the HTTP routes that show them. Start with {@link org.controlroom.telemetry.MetricNames}, then
 * {@link org.controlroom.telemetry.PrometheusTelemetry}.
 */
@NullMarked
package org.controlroom.telemetry;

import org.jspecify.annotations.NullMarked;

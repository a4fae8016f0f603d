/**
 * Programs that measure what the platform must reach: scoring, training, import and serving. Nothing here is part of
 * the distribution, and nothing here implements what it measures. Read {@code BenchmarkData} first, which says on what
 * data all of them run.
 */
@NullMarked
package org.controlroom.benchmarks;

import org.jspecify.annotations.NullMarked;

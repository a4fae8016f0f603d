/**
 * Files of dataset versions in Apache Parquet, written without a library; ADR 0009 says why.
 *
 * <p>Not here: what is written, and when; that is {@code org.controlroom.core.dataset}. Start with
 * {@link org.controlroom.datasets.ParquetFiles}.
 */
@NullMarked
package org.controlroom.datasets;

import org.jspecify.annotations.NullMarked;

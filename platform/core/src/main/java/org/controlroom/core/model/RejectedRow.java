package org.controlroom.core.model;

import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A row that could not be loaded.
 *
 * @param loadId the load
 * @param file file name
 * @param line line in the file on which the row starts, from 1
 * @param reason what is wrong with it, with the value and what is allowed
 * @param words the reason for other languages; null when it is said in English only
 * @param text the row as it stands in the file, cut to 2,000 characters
 */
public record RejectedRow(
        long loadId,
        String file,
        long line,
        String reason,
        @Nullable Reason words,
        String text) {}

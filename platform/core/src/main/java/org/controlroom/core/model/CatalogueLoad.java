package org.controlroom.core.model;

import java.time.Instant;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One load of catalogue files.
 *
 * @param id unique, ascending
 * @param batchName unique label, for people
 * @param source where the rows came from
 * @param status RUNNING, COMPLETED or FAILED; a failed load has changed no product and no label
 * @param portion which part of the source it took
 * @param rowsRead rows of that part seen in the product file, until it failed
 * @param rowsAdded products that were not there before
 * @param rowsChanged products whose text, picture or label changed
 * @param rowsRejected rows kept aside with line number and reason; of a failed load the first 1,000 are kept
 * @param error why it failed; null otherwise
 * @param errorReason the same for other languages; null when it is said in English only
 * @param rollback that it was taken back after it had completed; null otherwise
 */
public record CatalogueLoad(
        long id,
        String batchName,
        String source,
        CataloguePortion portion,
        RunStatus status,
        Instant startedAt,
        @Nullable Instant endedAt,
        long rowsRead,
        long rowsAdded,
        long rowsChanged,
        long rowsRejected,
        @Nullable String error,
        @Nullable Reason errorReason,
        @Nullable LoadRollback rollback) {}

package org.controlroom.store;

import java.util.ArrayList;
import java.util.List;
import org.controlroom.core.model.RejectedRow;
import org.jspecify.annotations.Nullable;

/** What a load has found in its files, known also when its transaction is rolled back. */
final class LoadFindings {

    /** Rejected rows of a failed load that are kept: enough to see what is wrong with the files, at most a few MB. */
    static final int KEPT = 1_000;

    private final List<Rejects.Reject> firstRejects = new ArrayList<>();
    private long rowsRead;
    private long rejected;

    /** Before the files are read, again when the transaction is tried again. */
    void clear() {
        firstRejects.clear();
        rowsRead = 0;
        rejected = 0;
    }

    void addRow() {
        rowsRead++;
    }

    void addReject(Rejects.Reject reject) {
        rejected++;
        if (firstRejects.size() < KEPT) {
            firstRejects.add(reject);
        }
    }

    long rowsRead() {
        return rowsRead;
    }

    long rejected() {
        return rejected;
    }

    @Nullable RejectedRow first() {
        return firstRejects.isEmpty() ? null : firstRejects.get(0).row();
    }

    /** The first {@link #KEPT}, as they were found. */
    List<Rejects.Reject> firstRejects() {
        return firstRejects;
    }
}

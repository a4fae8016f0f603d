package org.controlroom.ui.home;

import java.util.List;
import org.controlroom.ui.client.ApiProblem;

/** What to show when a call did not come to an answer. */
final class Problems {

    private Problems() {}

    /** A bulkhead that is full has no title and detail of its own. */
    static ApiProblem of(RuntimeException failure) {
        return failure instanceof ApiProblem problem
                ? problem
                : new ApiProblem(0, "Busy", "too many people are using the pages at this moment; try again", List.of());
    }
}

package org.controlroom.ui.client;

import java.util.List;

/** The API could not be reached, or did not answer in time. */
public final class ApiUnanswered extends ApiProblem {

    private static final long serialVersionUID = 1L;

    ApiUnanswered(String address, String reason) {
        super(0, "No answer", "the API at " + address + " did not answer: " + reason, List.of());
    }
}

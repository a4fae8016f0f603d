package org.controlroom.ui.frame;

import jakarta.faces.context.FacesContext;
import org.controlroom.ui.client.ApiProblem;

/** Status with which a page answers. It has to be known before the first part of the page is sent. */
public final class PageStatus {

    private static final int NOT_FOUND = 404;

    private PageStatus() {}

    /** Answers 404 when the thing that the page is about does not exist; the page still says what is missing. */
    public static void of(ApiProblem problem) {
        if (problem.status() == NOT_FOUND) {
            FacesContext.getCurrentInstance().getExternalContext().setResponseStatus(NOT_FOUND);
        }
    }
}

package org.controlroom.ui.frame;

import jakarta.faces.application.ViewExpiredException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a request ended in the page {@code failed.xhtml}, which says it in words. */
enum Failure {
    /** Another site made the browser send it. */
    FOREIGN(HttpServletResponse.SC_FORBIDDEN),
    /** A form was sent before the scripts of its page had arrived. */
    UNFINISHED(HttpServletResponse.SC_CONFLICT),
    /** A form of a page that this server did not make, or made in another version. */
    EXPIRED(HttpServletResponse.SC_CONFLICT),
    /** The request is none that a page sends. */
    REFUSED(HttpServletResponse.SC_BAD_REQUEST),
    /** An exception in a page. */
    BROKEN(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);

    private static final String ATTRIBUTE = Failure.class.getName();

    private final int status;

    Failure(int status) {
        this.status = status;
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(ATTRIBUTE, this);
        response.sendError(status);
    }

    /** Of a request in its error dispatch. */
    static Failure of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Failure known) {
            return known;
        }
        if (isExpired(request.getAttribute(RequestDispatcher.ERROR_EXCEPTION))) {
            return EXPIRED;
        }
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return status instanceof Integer code && code >= 400 && code < 500 ? REFUSED : BROKEN;
    }

    private static boolean isExpired(@Nullable Object thrown) {
        Throwable cause = thrown instanceof Throwable known ? known : null;
        while (cause != null) {
            if (cause instanceof ViewExpiredException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Its keys in the texts begin so. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.controlroom.ui.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What {@code failed.xhtml} shows: why, and where to go on. Never what was thrown: that is in the server's log. */
@Named("failed")
@RequestScoped
public class FailedPage {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    HttpServletRequest request;

    /** {@code foreign}, {@code unfinished}, {@code expired}, {@code refused} or {@code broken}. */
    public String getKey() {
        return Failure.of(request).key();
    }

    /** The site that sent a {@code foreign} request; empty when it is not known. */
    public String getOrigin() {
        String origin = request.getHeader("Origin");
        return origin == null ? "" : origin;
    }

    /** The page of ours that the request came from, else the home page. */
    public String getBack() {
        return back(request.getHeader("Referer"), request.getHeader("Host"), request.getContextPath() + "/");
    }

    static String back(@Nullable String referer, @Nullable String host, String home) {
        if (referer == null || host == null) {
            return home;
        }
        try {
            URI from = URI.create(referer);
            if (!host.equalsIgnoreCase(from.getRawAuthority())
                    || from.getRawPath() == null
                    || !from.getRawPath().startsWith(home)) {
                return home;
            }
            return from.getRawQuery() == null ? from.getRawPath() : from.getRawPath() + "?" + from.getRawQuery();
        } catch (IllegalArgumentException e) {
            return home;
        }
    }
}

package org.controlroom.ui.frame;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what another site made the reader's browser send. The pages keep no state, so a form of theirs carries no secret
 * that another site could not write into its own; the browser's word on where a request comes from stands in for it.
 */
@WebFilter("/*")
public class OtherSiteFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Set<String> CHANGES_NOTHING = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "SAMEORIGIN");
        response.setHeader("Referrer-Policy", "same-origin");
        if (CHANGES_NOTHING.contains(request.getMethod())
                || isOurs(
                        request.getHeader("Sec-Fetch-Site"),
                        request.getHeader("Origin"),
                        host(request.getHeader("X-Forwarded-Host"), request.getHeader("Host")))) {
            chain.doFilter(request, response);
            return;
        }
        Failure.FOREIGN.answer(request, response);
    }

    /**
     * Whether a request that changes something comes from a page of ours, or from no page at all.
     *
     * @param site what the browser says; null when it says nothing, as over plain HTTP to another machine
     * @param origin address of the page that sent it; null when no browser did
     * @param host where it was sent to
     */
    static boolean isOurs(@Nullable String site, @Nullable String origin, @Nullable String host) {
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        if (origin == null) {
            return true;
        }
        try {
            String from = URI.create(origin).getRawAuthority();
            return from != null && host != null && from.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable String host(@Nullable String forwarded, @Nullable String host) {
        return forwarded == null ? host : forwarded.split(",")[0].strip().toLowerCase(Locale.ROOT);
    }
}

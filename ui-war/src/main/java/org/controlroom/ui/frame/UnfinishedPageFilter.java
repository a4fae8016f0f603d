package org.controlroom.ui.frame;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses a form of a page whose scripts had not arrived: it comes without the address's parameters and without the
 * question that some actions ask first, so that it may mean another thing than its reader. The scripts add a field
 * to every form; without it the component library would fail after the action.
 */
@WebFilter(servletNames = "faces")
public class UnfinishedPageFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Of the component library. */
    private static final String NONCE = "primefaces.nonce";

    /** Of {@code control-room.js}, for pages that use no component of that library. */
    private static final String SIGN = "cr_scripts";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getMethod().equals("POST") && isMissing(request, NONCE) && isMissing(request, SIGN)) {
            Failure.UNFINISHED.answer(request, response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean isMissing(HttpServletRequest request, String parameter) {
        String value = request.getParameter(parameter);
        return value == null || value.isBlank();
    }
}

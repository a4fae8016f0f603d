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
 * question that some actions ask first, so that it may mean another thing than its reader. The scripts add a nonce to every
 * form; its absence is the sign, and would be an error of the component library.
 */
@WebFilter(servletNames = "faces")
public class UnfinishedPageFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final String NONCE = "primefaces.nonce";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String nonce = request.getMethod().equals("POST") ? request.getParameter(NONCE) : "none needed";
        if (nonce == null || nonce.isBlank()) {
            Failure.UNFINISHED.answer(request, response);
            return;
        }
        chain.doFilter(request, response);
    }
}

package org.controlroom.api.control;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import org.controlroom.api.operate.UnderWay;

/** Says of each control request when it begins and ends. */
@Provider
public class UnderWayFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String KEY = UnderWayFilter.class.getName();

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    UnderWay underWay;

    @Override
    public void filter(ContainerRequestContext request) {
        Object key = new Object();
        request.setProperty(KEY, key);
        underWay.begin(key);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Object key = request.getProperty(KEY);
        if (key != null) {
            underWay.end(key);
        }
    }
}

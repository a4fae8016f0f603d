package org.controlroom.ui.client;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ProcessingException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to the API. An area of the pages writes an interface with its routes and asks through
 * {@link #ask(Class, Function)}; every failure arrives as an {@link ApiProblem}.
 *
 * <p>A page waits for the answers in a thread of the server: where both share one server, the address must lead to threads
 * of their own, else all of them may wait and none answer. Nothing of the reader's request is passed on: no cookie, no
 * header.
 */
@ApplicationScoped
public class ApiConnection {

    private static final Logger LOG = Logger.getLogger(ApiConnection.class.getName());
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    /** Address of the API; the server that this page came from when it is not set. */
    @Inject
    @ConfigProperty(name = "controlroom.api.url")
    @SuppressWarnings("NullAway.Init") // injected
    Optional<URI> configuredAddress;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected; stands for the request of the calling thread
    HttpServletRequest request;

    private final Map<Line, Object> apis = new ConcurrentHashMap<>();
    private volatile @Nullable URI address;

    /** One interface with one patience. */
    private record Line(Class<?> api, Duration readTimeout) {}

    /**
     * Asks with a patience of 5 s.
     *
     * @param api Rest Client interface; paths from the root of the API, {@code api/v1/…}
     * @param question the call and what is made of its answer; what it throws because the answer has another form than
     *     expected becomes a problem too
     * @throws ApiProblem what the API answered instead
     * @throws ApiUnanswered there was no answer in time
     */
    public <A, T> T ask(Class<A> api, Function<A, T> question) {
        return ask(api, READ_TIMEOUT, question);
    }

    /**
     * Asks with a patience of one's own, as uploads need it.
     *
     * @param readTimeout longest wait between two bytes of the answer; few different ones, because a client is kept for
     *     each
     */
    public <A, T> T ask(Class<A> api, Duration readTimeout, Function<A, T> question) {
        try {
            return question.apply(api(api, readTimeout));
        } catch (ProcessingException e) {
            LOG.log(Level.WARNING, e, () -> "the API at " + address() + " did not answer");
            throw new ApiUnanswered(address().toString(), String.valueOf(e.getMessage()));
        } catch (JsonException | ClassCastException | NullPointerException e) {
            LOG.log(Level.WARNING, e, () -> "the API at " + address() + " answered something else than expected");
            throw new ApiProblem(
                    0,
                    "Unexpected answer",
                    "the API at " + address() + " answered in an unknown form: " + e,
                    List.of());
        }
    }

    /** Where the API is; known from the first request on. */
    public URI address() {
        URI known = address;
        if (known == null) {
            known = configuredAddress.orElseGet(() -> URI.create("http://127.0.0.1:" + request.getLocalPort()));
            address = known;
        }
        return known;
    }

    private <A> A api(Class<A> api, Duration readTimeout) {
        return api.cast(apis.computeIfAbsent(
                new Line(api, readTimeout),
                line -> RestClientBuilder.newBuilder()
                        .baseUri(address())
                        .connectTimeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                        .readTimeout(line.readTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .register(ProblemMapper.class)
                        .build(line.api())));
    }

    /** Closes the clients of interfaces that can be closed. */
    @PreDestroy
    @SuppressWarnings("try") // the server shuts down; there is nobody to interrupt
    void close() {
        for (Object api : apis.values()) {
            if (api instanceof AutoCloseable open) {
                try {
                    open.close();
                } catch (Exception e) {
                    LOG.log(Level.FINE, e, () -> "closing the connection to " + address);
                }
            }
        }
        apis.clear();
    }
}

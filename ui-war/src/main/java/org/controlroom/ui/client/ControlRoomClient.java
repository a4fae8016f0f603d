package org.controlroom.ui.client;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.ProcessingException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API. A page waits for the answers in a thread of the server: where both share one server, the address must lead
 * to threads of their own, else all of them may wait and none answer.
 *
 * <p>All methods throw {@link ApiProblem}.
 */
@ApplicationScoped
public class ControlRoomClient {

    private static final Logger LOG = Logger.getLogger(ControlRoomClient.class.getName());
    private static final long CONNECT_TIMEOUT_MS = 2_000;
    private static final long READ_TIMEOUT_MS = 5_000;

    /** Address of the API; the server that this page came from when it is not set. */
    @Inject
    @ConfigProperty(name = "controlroom.api.url")
    @SuppressWarnings("NullAway.Init") // injected
    Optional<URI> configuredAddress;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected; stands for the request of the calling thread
    HttpServletRequest request;

    /** Made at the first call, which tells the port. Guarded by this. */
    private @Nullable ControlRoomApi api;

    private volatile String address = "";

    @PreDestroy
    synchronized void close() {
        if (api != null) {
            api.close();
        }
    }

    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public NodeStatus status() {
        return ask(asked -> NodeStatus.of(asked.status()));
    }

    /** What was measured when this version was trained. */
    @Retry(maxRetries = 1, retryOn = ApiUnanswered.class)
    public ModelFigures figures(String model, String version) {
        return ask(asked -> {
            String run = asked.version(model, version).getString("run_id");
            return ModelFigures.of(asked.run(run));
        });
    }

    /** Predicts once; not tried again, because every answer is logged. */
    public Answer predict(String designation, String description) {
        JsonObject product = Json.createObjectBuilder()
                .add("designation", designation)
                .add("description", description)
                .build();
        return ask(asked -> Answer.of(asked.predict(product)));
    }

    private <T> T ask(Function<ControlRoomApi, T> question) {
        try {
            return question.apply(api());
        } catch (ProcessingException e) {
            LOG.log(Level.WARNING, e, () -> "the API at " + address + " did not answer");
            throw new ApiUnanswered(address, String.valueOf(e.getMessage()));
        } catch (JsonException | ClassCastException | NullPointerException e) {
            LOG.log(Level.WARNING, e, () -> "the API at " + address + " answered something else than expected");
            throw new ApiProblem(
                    0, "Unexpected answer", "the API at " + address + " answered in an unknown form: " + e, List.of());
        }
    }

    private synchronized ControlRoomApi api() {
        if (api == null) {
            URI uri = configuredAddress.orElseGet(() -> URI.create("http://127.0.0.1:" + request.getLocalPort()));
            address = uri.toString();
            api = RestClientBuilder.newBuilder()
                    .baseUri(uri)
                    .connectTimeout(CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .readTimeout(READ_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .register(ProblemMapper.class)
                    .build(ControlRoomApi.class);
        }
        return api;
    }
}

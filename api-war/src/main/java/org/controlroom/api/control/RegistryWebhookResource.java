package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** News from the registry. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("registry/webhook")
@Tag(name = "models")
public class RegistryWebhookResource {

    private final RegistryWebhooks webhooks;

    @Inject
    public RegistryWebhookResource(RegistryWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @NeedsRole(Role.OPERATOR)
    @APIResponseSchema(
            value = Taken.class,
            responseCode = "202",
            responseDescription = "Taken; the registry is looked at if the news are about the model that is served")
    @Operation(
            summary =
                    "Takes a webhook of MLflow, so that a version that was put into production there goes live at once;"
                            + " must be signed when controlroom.registry.webhook-secret is set")
    public Response take(
            @HeaderParam(RegistryWebhooks.SIGNATURE) @Nullable String signature,
            @HeaderParam(RegistryWebhooks.DELIVERY) @Nullable String delivery,
            @HeaderParam(RegistryWebhooks.TIMESTAMP) @Nullable String timestamp,
            InputStream body)
            throws IOException {
        byte[] bytes = body.readNBytes(RegistryWebhooks.MAX_BODY + 1);
        boolean looking = webhooks.take(new RegistryWebhooks.Headers(signature, delivery, timestamp), bytes);
        return Response.accepted(new Taken(looking)).build();
    }

    /**
     * Answer.
     *
     * @param looking whether the registry is looked at now
     */
    public record Taken(boolean looking) {}
}

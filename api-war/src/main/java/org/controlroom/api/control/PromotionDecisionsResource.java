package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.PromotionDecisions;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Every decision of the promotion policy about one model. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("models/{name}/decisions")
@Tag(name = "models")
public class PromotionDecisionsResource {

    private final ModelRegistry registry;
    private final PromotionDecisions decisions;

    @Inject
    public PromotionDecisionsResource(ModelRegistry registry, PromotionDecisions decisions) {
        this.registry = registry;
        this.decisions = decisions;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(
            filters = {"version", "outcome"},
            sorts = "decided_at")
    @Operation(
            summary =
                    "Decisions of the promotion policy, newest first, without the figures of the classes, which each has at"
                            + " its own address; filters: version, outcome (promoted, refused, held)")
    public Page<PromotionDecision> list(@PathParam("name") String name, @Context UriInfo uri) {
        KnownModels.require(registry, name);
        return decisions.decisions(Paging.of(uri, Map.of("model", name)));
    }

    @GET
    @Path("{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One decision with all figures that it rests on")
    public PromotionDecision decision(@PathParam("name") String name, @PathParam("id") long id) {
        PromotionDecision found = decisions.decision(id);
        if (!found.model().equals(name)) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of("decision-elsewhere", "no decision about {0} has the id {1}", name, id));
        }
        return found;
    }
}

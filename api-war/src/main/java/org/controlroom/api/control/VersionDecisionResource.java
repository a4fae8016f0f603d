package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.compare.JudgeVersion;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.core.promote.PromoteModel;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the promotion policy says of one version. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("models/{name}/versions/{version}/decision")
@Tag(name = "models")
public class VersionDecisionResource {

    private final PromoteModel promotion;
    private final JudgeVersion judge;

    @Inject
    public VersionDecisionResource(PromoteModel promotion, JudgeVersion judge) {
        this.promotion = promotion;
        this.judge = judge;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Operation(
            summary =
                    "Dry run: what the promotion policy would do with the version, with all figures; the version and the"
                            + " one in production answer the same test rows, which takes seconds; 409 when it is in production")
    public PromotionDecision dryRun(
            @PathParam("name") String name, @PathParam("version") String version, @Context SecurityContext security) {
        Decision.requireServed(name);
        return judge.dryRun(promotion.find(version), Decision.actor(security));
    }

    @POST
    @NeedsRole(Role.OPERATOR)
    @Operation(
            summary =
                    "Let the promotion policy decide about the version: it goes into production or is refused, and the"
                            + " decision is kept")
    public PromotionDecision decide(
            @PathParam("name") String name,
            @PathParam("version") String version,
            Decision.@Nullable Reason body,
            @Context SecurityContext security) {
        Decision.requireServed(name);
        return judge.decide(promotion.find(version), Decision.actor(security), Decision.reason(body));
    }
}

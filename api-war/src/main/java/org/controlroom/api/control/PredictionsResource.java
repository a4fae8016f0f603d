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
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.LoggedPrediction;
import org.controlroom.core.model.Page;
import org.controlroom.core.port.PredictionLog;
import org.controlroom.core.predict.ServePrediction;
import org.controlroom.spi.Product;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Answered predictions, some seconds behind the answers. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("predictions")
@Tag(name = "predictions")
public class PredictionsResource {

    private final PredictionLog log;
    private final ServePrediction predictions;

    @Inject
    public PredictionsResource(PredictionLog log, ServePrediction predictions) {
        this.log = log;
        this.predictions = predictions;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(
            filters = {"label", "model_version", "text", "min_confidence", "max_confidence", "from", "to"},
            sorts = "time")
    @Operation(
            summary = "Predictions, newest first; filters: label, model_version, text, min_confidence, max_confidence,"
                    + " from, to. Filtered by one of the last five, a page may be short or empty and not be the last: go on"
                    + " with next")
    public Page<LoggedPrediction> list(@Context UriInfo uri) {
        return log.predictions(Paging.of(uri));
    }

    @GET
    @Path("{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One prediction")
    public LoggedPrediction prediction(@PathParam("id") String id) {
        return log.prediction(id);
    }

    @GET
    @Path("{id}/prediction")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "What the live model answers for the same product now; neither logged nor counted")
    public ProductsResource.TrialAnswer again(@PathParam("id") String id) {
        LoggedPrediction past = log.prediction(id);
        return ProductsResource.TrialAnswer.of(
                predictions.score(new Product(past.designation(), past.description())), ProductsResource.BEST);
    }
}

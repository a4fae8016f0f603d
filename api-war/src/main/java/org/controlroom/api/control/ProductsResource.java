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
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.catalogue.LanguageVote;
import org.controlroom.core.model.CatalogueProduct;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.Prediction;
import org.controlroom.core.model.ProductChange;
import org.controlroom.core.model.ProductRevision;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.CatalogueViews;
import org.controlroom.core.predict.ServePrediction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Products of the catalogue, and what the live model says about one. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("products")
@Tag(name = "catalogue")
public class ProductsResource {

    static final int BEST = 5;

    private final Catalogue catalogue;
    private final CatalogueViews views;
    private final ServePrediction predictions;

    @Inject
    public ProductsResource(Catalogue catalogue, CatalogueViews views, ServePrediction predictions) {
        this.catalogue = catalogue;
        this.views = views;
        this.predictions = predictions;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(
            filters = {"label", "text"},
            sorts = "product_id")
    @Operation(summary = "Products with their labels; filters: label, text; sort: product_id")
    public Page<LabelledProduct> list(@Context UriInfo uri) {
        return catalogue.products(Paging.of(uri));
    }

    @GET
    @Path("{id}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One product, the language its words suggest, and the loads that added or changed it")
    public ProductAnswer product(@PathParam("id") long id) {
        CatalogueProduct found = views.product(id);
        return new ProductAnswer(
                found.product(), LanguageVote.of(found.product().product()), found.createdAt(), found.changes());
    }

    @GET
    @Path("{id}/history")
    @NeedsRole(Role.VIEWER)
    @Listed
    @Operation(
            summary = "Every state of one product with the load that made it, newest first; also of a product that left"
                    + " with a load that was rolled back")
    public Page<ProductRevision> history(@PathParam("id") long id, @Context UriInfo uri) {
        return views.history(id, Paging.of(uri));
    }

    @GET
    @Path("{id}/prediction")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "What the live model would answer for one product; neither logged nor counted")
    public TrialAnswer prediction(@PathParam("id") long id) {
        return TrialAnswer.of(predictions.score(views.product(id).product().product()), BEST);
    }

    /**
     * One product.
     *
     * @param language {@code fr}, {@code en}, {@code de} or {@code unknown}
     */
    public record ProductAnswer(
            LabelledProduct product, String language, Instant createdAt, List<ProductChange> changes) {}

    /**
     * What a model answers, without the id of a logged prediction.
     *
     * @param probabilities the likeliest codes, best first
     */
    public record TrialAnswer(
            int predictedClass,
            Map<String, Float> probabilities,
            float confidence,
            String modelName,
            String modelVersion) {

        static TrialAnswer of(Prediction prediction, int top) {
            float[] probabilities = prediction.probabilities();
            Map<String, Float> best = new LinkedHashMap<>();
            IntStream.range(0, probabilities.length)
                    .boxed()
                    .sorted(Comparator.comparing((Integer position) -> -probabilities[position]))
                    .limit(top)
                    .forEach(position ->
                            best.put(Integer.toString(prediction.labels().code(position)), probabilities[position]));
            return new TrialAnswer(
                    prediction.label(),
                    best,
                    prediction.confidence(),
                    prediction.modelName(),
                    prediction.modelVersion());
        }
    }
}

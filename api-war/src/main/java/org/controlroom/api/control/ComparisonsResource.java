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
import java.util.function.Function;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.compare.CompareVersions;
import org.controlroom.core.compare.Comparison;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.promote.PromoteModel;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Two versions on the same test rows. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("models/{name}/versions/{version}/compare/{other}")
@Tag(name = "models")
public class ComparisonsResource {

    private final PromoteModel versions;
    private final CompareVersions comparisons;

    @Inject
    public ComparisonsResource(PromoteModel versions, CompareVersions comparisons) {
        this.versions = versions;
        this.comparisons = comparisons;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Operation(
            summary =
                    "Compares a version with another, by numbers or aliases, on the rows that its training held out:"
                            + " agreement, McNemar's test, figures of both, F1 of each label; measured in seconds and kept for ten minutes")
    public Comparison compare(
            @PathParam("name") String name, @PathParam("version") String version, @PathParam("other") String other) {
        return result(name, version, other).comparison();
    }

    @GET
    @Path("rows")
    @NeedsRole(Role.VIEWER)
    @Listed(filters = {"change", "true_label", "label", "other_label"})
    @Operation(
            summary = "Rows that the two answer differently, the surest answers first;"
                    + " filters: change (better, worse, both_wrong), true_label, label, other_label")
    public Page<Comparison.Row> rows(
            @PathParam("name") String name,
            @PathParam("version") String version,
            @PathParam("other") String other,
            @Context UriInfo uri) {
        Function<Comparison.Row, String> change = Comparison.Row::change;
        Function<Comparison.Row, String> trueLabel = row -> Integer.toString(row.trueLabel());
        Function<Comparison.Row, String> label = row -> Integer.toString(row.label());
        Function<Comparison.Row, String> otherLabel = row -> Integer.toString(row.otherLabel());
        return Paging.page(
                result(name, version, other).rows(),
                Paging.withoutSort(uri),
                Map.of("change", change, "true_label", trueLabel, "label", label, "other_label", otherLabel));
    }

    private CompareVersions.Result result(String name, String version, String other) {
        Decision.requireServed(name);
        ModelVersion first = versions.find(version);
        ModelVersion second = versions.find(other);
        if (first.version().equals(second.version())) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    Reason.of(
                            "compare-same",
                            "version {0} and {1} are both version {2}; must be two versions",
                            version,
                            other,
                            first.version()));
        }
        return comparisons.compare(first, second);
    }
}

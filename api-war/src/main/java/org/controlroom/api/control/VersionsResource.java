package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.compare.JudgeVersion;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.promote.PromoteModel;
import org.controlroom.core.train.ImportModel;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Versions of one model, what is decided about them, and their tags. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("models/{name}/versions")
@Tag(name = "models")
public class VersionsResource {

    private static final int MAX_TAG = 5000;
    private static final int MAX_SOURCE = 200;

    /** Beginnings of the tags that the platform writes. */
    private static final List<String> OWN = List.of("promotion.", "archive.", "artifact.", "evaluation.", "pipeline.");

    /** What it writes when a version is registered: its figure and where that comes from. */
    private static final List<String> MEASURED = List.of("f1_weighted", "dataset_hash");

    private final ModelRegistry registry;
    private final PromoteModel promotion;
    private final ImportModel imports;
    private final JudgeVersion judge;

    @Inject
    public VersionsResource(ModelRegistry registry, PromoteModel promotion, ImportModel imports, JudgeVersion judge) {
        this.registry = registry;
        this.promotion = promotion;
        this.imports = imports;
        this.judge = judge;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Listed(filters = "stage", sorts = "created_at")
    @Operation(summary = "Versions of one model, newest first; filter: stage; 404 when there is no such model")
    public Page<ModelVersion> versions(@PathParam("name") String name, @Context UriInfo uri) {
        registry.model(name);
        return registry.versions(Paging.of(uri, Map.of("name", name)));
    }

    @GET
    @Path("{version}")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "One version, by number or alias")
    public ModelVersion version(@PathParam("name") String name, @PathParam("version") String version) {
        if (version.chars().allMatch(Character::isDigit)) {
            return registry.version(name, version);
        }
        return registry.versionByAlias(name, version)
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND,
                        Reason.of("alias-unknown", "model {0} has no version with alias '{1}'", name, version)));
    }

    @POST
    @Consumes({"application/zip", MediaType.APPLICATION_OCTET_STREAM})
    @NeedsRole(Role.ADMIN)
    @Operation(
            summary = "Register a model that was trained elsewhere; the body is a zip of its files, as the plugin wants"
                    + " them, and examples.json with products whose labels are known")
    @APIResponseSchema(value = ModelVersion.class, responseCode = "201", responseDescription = "The new version")
    public Response importModel(
            @PathParam("name") String name,
            @Parameter(description = "Plugin that serves such models.")
                    @QueryParam("plugin")
                    @DefaultValue("classifier-onnx")
                    String plugin,
            @Parameter(description = "Where the model comes from, for people.")
                    @QueryParam("source")
                    @DefaultValue("upload")
                    String source,
            InputStream zip,
            @Context UriInfo uri)
            throws IOException {
        Decision.requireServed(name);
        String from = Decision.text("source", source, MAX_SOURCE);
        try (UploadedModel uploaded = UploadedModel.receive(zip)) {
            ModelVersion version = imports.importFrom(uploaded.path(), plugin, from);
            return Response.created(
                            uri.getAbsolutePathBuilder().path(version.version()).build())
                    .entity(version)
                    .build();
        }
    }

    @POST
    @Path("{version}/promote")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Put a version into production: load it, try it, make it live")
    public ModelVersion promote(
            @PathParam("name") String name,
            @PathParam("version") String version,
            Decision.@Nullable Reason body,
            @Context SecurityContext security) {
        Decision.requireServed(name);
        ModelVersion wanted = version(name, version); // before this waits for whoever else is at it
        return promotion.promote(wanted, Decision.reason(body), Decision.actor(security));
    }

    @POST
    @Path("{version}/measure")
    @NeedsRole(Role.OPERATOR)
    @Operation(
            summary =
                    "Give a version that was registered elsewhere its figures on the hold-out products, as tags f1_weighted"
                            + " and evaluation; takes seconds; 409 when it has figures")
    public ModelVersion measure(@PathParam("name") String name, @PathParam("version") String version) {
        Decision.requireServed(name);
        return judge.measure(version(name, version));
    }

    @POST
    @Path("{version}/stage")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Move a version to Staging")
    public ModelVersion stage(
            @PathParam("name") String name, @PathParam("version") String version, Decision.@Nullable Reason body) {
        Decision.requireServed(name);
        registry.ping(); // before this waits for whoever else is at it
        return promotion.stage(version, Decision.reason(body));
    }

    @POST
    @Path("{version}/archive")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Archive a version that is not in production; tags archive.reason, .time and .by keep it")
    public ModelVersion archive(
            @PathParam("name") String name,
            @PathParam("version") String version,
            Decision.@Nullable Reason body,
            @Context SecurityContext security) {
        Decision.requireServed(name);
        registry.ping(); // before this waits for whoever else is at it
        return promotion.archive(version, Decision.reason(body), Decision.actor(security));
    }

    @PUT
    @Path("{version}/tags/{tag}")
    @NeedsRole(Role.OPERATOR)
    @Operation(
            summary =
                    "Set a tag; those of the platform itself (promotion., archive., artifact., evaluation., pipeline., f1_weighted, dataset_hash)"
                            + " cannot be changed")
    public ModelVersion setTag(
            @PathParam("name") String name,
            @PathParam("version") String version,
            @PathParam("tag") String tag,
            @Nullable TagValue body) {
        requireFree(tag);
        String number = version(name, version).version();
        String value = Decision.text("value", body == null ? null : body.value(), MAX_TAG);
        registry.setVersionTags(name, number, Map.of(tag, value));
        return registry.version(name, number);
    }

    @DELETE
    @Path("{version}/tags/{tag}")
    @NeedsRole(Role.OPERATOR)
    @Operation(summary = "Remove a tag; answers the version without it")
    public ModelVersion removeTag(
            @PathParam("name") String name, @PathParam("version") String version, @PathParam("tag") String tag) {
        requireFree(tag);
        ModelVersion found = version(name, version);
        if (!found.tags().containsKey(tag)) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of("tag-unknown", "version {0} of {1} has no tag '{2}'", found.version(), name, tag));
        }
        registry.deleteVersionTag(name, found.version(), tag);
        return registry.version(name, found.version());
    }

    private static void requireFree(String tag) {
        if (MEASURED.contains(tag) || OWN.stream().anyMatch(tag::startsWith)) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "tag-reserved",
                            "tag '{0}' is written by the platform; choose another name than {1}, one that does not begin with promotion., archive., artifact., evaluation. or pipeline.",
                            tag,
                            MEASURED));
        }
    }

    /**
     * Body.
     *
     * @param value the tag's text, 1..5000 characters
     */
    public record TagValue(@Nullable String value) {}
}

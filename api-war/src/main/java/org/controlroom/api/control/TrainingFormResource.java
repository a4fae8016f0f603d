package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.train.TrainingForm;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a training can be started with. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("pipelines/train-model/form")
@Tag(name = "pipelines")
public class TrainingFormResource {

    @GET
    @NeedsRole(Role.VIEWER)
    @Operation(
            summary = "Settings of a training with defaults and ranges, and the presets; those of extractors and"
                    + " classifiers are at /plugins")
    public TrainingForm form(@Context HttpHeaders headers) {
        return TrainingForm.of(headers.getAcceptableLanguages());
    }
}

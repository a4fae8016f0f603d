package org.controlroom.ui.client;

import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What runs, and how it is set up. */
@Path("api/v1")
@Produces(MediaType.APPLICATION_JSON)
public interface AboutApi extends AutoCloseable {

    @GET
    @Path("about")
    JsonObject about();

    @GET
    @Path("configuration")
    JsonObject configuration();

    @Override
    void close();
}

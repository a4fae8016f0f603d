package org.controlroom.ui.client;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.util.List;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** Turns every answer from 400 up into an {@link ApiProblem}. */
public final class ProblemMapper implements ResponseExceptionMapper<ApiProblem> {

    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
        return status >= 400;
    }

    @Override
    public ApiProblem toThrowable(Response response) {
        int status = response.getStatus();
        String body = response.readEntity(String.class);
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return ApiProblem.of(status, reader.readObject());
        } catch (JsonException e) {
            String reason = response.getStatusInfo().getReasonPhrase();
            return new ApiProblem(status, "HTTP " + status, reason + " (no problem details in the answer)", List.of());
        }
    }
}

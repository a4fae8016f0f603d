package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.TrafficMinute;
import org.controlroom.core.port.Traffic;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What this node answered in the last hour. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("traffic")
@Tag(name = "status")
public class TrafficResource {

    private final Traffic traffic;

    @Inject
    public TrafficResource(Traffic traffic) {
        this.traffic = traffic;
    }

    @GET
    @NeedsRole(Role.VIEWER)
    @Operation(
            summary = "Predictions, errors by kind and latency quantiles of this node by the minute, oldest first;"
                    + " minutes: 1 to 60, the last is the present one")
    public Page<TrafficMinute> last(@QueryParam("minutes") @DefaultValue("60") String minutes) {
        try {
            int wanted = Integer.parseInt(minutes);
            if (wanted >= 1 && wanted <= Traffic.MAX_MINUTES) {
                return new Page<>(traffic.last(wanted), null);
            }
        } catch (NumberFormatException e) {
            // answered below, with the numbers out of range
        }
        throw new ControlRoomException(
                ErrorCode.INVALID_INPUT,
                "query",
                List.of(new Problem(
                        "minutes", Reason.of("range", "'{0}'; must be {1}..{2}", minutes, 1, Traffic.MAX_MINUTES))));
    }
}

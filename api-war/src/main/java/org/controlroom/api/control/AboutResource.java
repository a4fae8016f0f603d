package org.controlroom.api.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.controlroom.api.access.NeedsRole;
import org.controlroom.api.access.Role;
import org.controlroom.api.operate.Build;
import org.controlroom.api.operate.EffectiveConfiguration;
import org.controlroom.api.operate.NodeStatus;
import org.controlroom.core.model.Page;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What runs here, and how it is set up. */
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Path("/")
@Tag(name = "about")
public class AboutResource {

    private final Config config;
    private final NodeStatus status;

    @Inject
    public AboutResource(Config config, NodeStatus status) {
        this.config = config;
        this.status = status;
    }

    @GET
    @Path("about")
    @NeedsRole(Role.VIEWER)
    @Operation(summary = "Version, server, JVM and machine")
    public About about(@Context ServletContext context) {
        Runtime jvm = Runtime.getRuntime();
        return new About(
                Build.version(),
                context.getServerInfo(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                jvm.availableProcessors(),
                jvm.maxMemory(),
                status.startedAt());
    }

    @GET
    @Path("configuration")
    @NeedsRole(Role.ADMIN)
    @Operation(summary = "Every controlroom.* key with its value, source and default; secrets are masked")
    public Page<EffectiveConfiguration.Entry> configuration() {
        return new Page<>(new EffectiveConfiguration(config).entries(), null);
    }

    /**
     * The program and what it runs on.
     *
     * @param processors that the JVM may use
     * @param maxHeapBytes most memory that the heap may take
     */
    public record About(
            String version,
            String server,
            String java,
            String system,
            int processors,
            long maxHeapBytes,
            Instant startedAt) {}
}

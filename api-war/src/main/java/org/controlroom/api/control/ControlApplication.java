package org.controlroom.api.control;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Every control route. */
@ApplicationPath(ControlApplication.ROOT)
public class ControlApplication extends Application {

    /** Before the path of each resource. */
    public static final String ROOT = "/api/v1";

    /** Resource classes; each method names the role that it needs. */
    public static final Set<Class<?>> RESOURCES = Set.of(
            StatusResource.class,
            TrafficResource.class,
            AboutResource.class,
            ModelsResource.class,
            VersionsResource.class,
            AliasesResource.class,
            DeploymentsResource.class,
            VersionDecisionResource.class,
            PromotionDecisionsResource.class,
            ComparisonsResource.class,
            RegistryWebhookResource.class,
            ExperimentsResource.class,
            TrainingFormResource.class,
            RunsResource.class,
            PipelinesResource.class,
            PipelineRunsResource.class,
            LogStreamResource.class,
            SchedulesResource.class,
            NotificationsResource.class,
            PluginsResource.class,
            PluginSettingsResource.class,
            PluginUploadsResource.class,
            PluginChangesResource.class,
            LoadsResource.class,
            DatasetsResource.class,
            ProductsResource.class,
            UploadsResource.class,
            PredictionsResource.class,
            BatchesResource.class);

    /** The routes are described at {@code /openapi}; the server's own older form of that is switched off. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(RESOURCES);
        classes.add(JsonProvider.class);
        classes.add(FailureMapper.class);
        classes.add(UnderWayFilter.class);
        return classes;
    }
}

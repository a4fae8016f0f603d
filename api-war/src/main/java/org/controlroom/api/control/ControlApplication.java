package org.controlroom.api.control;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Every control route. */
@ApplicationPath("/api/v1")
public class ControlApplication extends Application {

    /** Resource classes; each method names the role that it needs. */
    public static final Set<Class<?>> RESOURCES = Set.of(
            StatusResource.class,
            ModelsResource.class,
            RunsResource.class,
            PipelinesResource.class,
            PluginsResource.class,
            PluginSettingsResource.class,
            LoadsResource.class,
            DatasetsResource.class,
            ProductsResource.class,
            PredictionsResource.class);

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new java.util.HashSet<>(RESOURCES);
        classes.add(JsonProvider.class);
        classes.add(FailureMapper.class);
        return classes;
    }
}

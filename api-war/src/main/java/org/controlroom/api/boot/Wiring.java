package org.controlroom.api.boot;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import java.time.Clock;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.controlroom.api.control.LogStreams;
import org.controlroom.api.control.PipelineOptions;
import org.controlroom.api.control.PluginChanges;
import org.controlroom.api.control.RegistryWebhooks;
import org.controlroom.api.control.StagedJars;
import org.controlroom.api.operate.NodeStatus;
import org.controlroom.api.operate.UnderWay;
import org.controlroom.api.predict.BatchJobs;
import org.controlroom.core.catalogue.LoadDataPipeline;
import org.controlroom.core.compare.CompareVersions;
import org.controlroom.core.compare.JudgeVersion;
import org.controlroom.core.dataset.GenerateDatasetPipeline;
import org.controlroom.core.model.NodeName;
import org.controlroom.core.model.NodeRoles;
import org.controlroom.core.model.StepPolicies;
import org.controlroom.core.notify.TryChannel;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.CatalogueViews;
import org.controlroom.core.port.DatasetVersions;
import org.controlroom.core.port.Deployments;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.Notifications;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.core.port.Pipelines;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.port.PredictionLog;
import org.controlroom.core.port.PromotionDecisions;
import org.controlroom.core.port.RunHistory;
import org.controlroom.core.port.RunOwners;
import org.controlroom.core.port.Schedules;
import org.controlroom.core.port.Telemetry;
import org.controlroom.core.port.Traffic;
import org.controlroom.core.port.Uploads;
import org.controlroom.core.predict.ServePrediction;
import org.controlroom.core.promote.ModelNeeds;
import org.controlroom.core.promote.PromoteModel;
import org.controlroom.core.schedule.EditSchedules;
import org.controlroom.core.train.ImportModel;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Hands the parts of the one {@link ControlRoom} to whatever the container makes: resources, health checks, batch steps.
 * Started by {@link WebRoutes}; a failure stops the deployment.
 */
@ApplicationScoped
public class Wiring {

    private static final Logger LOG = Logger.getLogger(Wiring.class.getName());

    private volatile @Nullable ControlRoom controlRoom;

    /** To be called once the server has bound the data source, which is later than the start of the CDI container. */
    ControlRoom start() {
        try {
            ControlRoom opened = ControlRoom.open(Configuration.read(ConfigProvider.getConfig()));
            controlRoom = opened;
            return opened;
        } catch (RuntimeException | LinkageError e) {
            // The container wraps it several times; said once in plain words, the launcher can show it.
            LOG.log(Level.SEVERE, e, () -> "CONTROL ROOM CANNOT START: " + e.getMessage());
            throw e;
        }
    }

    @PreDestroy
    void stop() {
        ControlRoom opened = controlRoom;
        if (opened != null) {
            opened.close();
        }
    }

    private ControlRoom room() {
        ControlRoom opened = controlRoom;
        if (opened == null) {
            throw new ControlRoomException(ErrorCode.OVERLOADED, "the server is starting");
        }
        return opened;
    }

    @Produces
    Telemetry telemetry() {
        return room().telemetry;
    }

    @Produces
    Traffic traffic() {
        return room().traffic;
    }

    @Produces
    Catalogue catalogue() {
        return room().catalogue;
    }

    @Produces
    Uploads uploads() {
        return room().uploads;
    }

    @Produces
    CatalogueViews catalogueViews() {
        return room().catalogueViews;
    }

    @Produces
    ServePrediction predictions() {
        return room().predictions;
    }

    @Produces
    PredictionLog predictionLog() {
        return room().predictionLog;
    }

    @Produces
    BatchJobs batchJobs() {
        return room().batchJobs;
    }

    @Produces
    RunHistory runHistory() {
        return room().runHistory;
    }

    @Produces
    Deployments deployments() {
        return room().deployments;
    }

    @Produces
    ModelRegistry registry() {
        return room().askedRegistry;
    }

    @Produces
    Plugins plugins() {
        return room().plugins;
    }

    @Produces
    PluginChanges pluginChanges() {
        return room().pluginChanges;
    }

    @Produces
    StagedJars stagedJars() {
        return room().stagedJars;
    }

    @Produces
    ModelNeeds modelNeeds() {
        return room().modelNeeds;
    }

    @Produces
    ImportModel imports() {
        return room().imports;
    }

    @Produces
    PromoteModel promotion() {
        return room().promotion;
    }

    @Produces
    PromotionDecisions decisions() {
        return room().decisions;
    }

    @Produces
    CompareVersions comparisons() {
        return room().comparisons;
    }

    @Produces
    JudgeVersion judge() {
        return room().judge;
    }

    @Produces
    RegistryWebhooks webhooks() {
        return room().webhooks;
    }

    @Produces
    NodeRoles roles() {
        return room().configuration.roles();
    }

    @Produces
    UnderWay underWay() {
        return room().underWay;
    }

    @Produces
    NodeStatus status() {
        return room().status;
    }

    @Produces
    PipelineDefinition loadData() {
        return room().loadData;
    }

    /** Not among the pipelines a second time. */
    @Produces
    @Typed(LoadDataPipeline.class)
    LoadDataPipeline portions() {
        return room().loadData;
    }

    @Produces
    PipelineDefinition weekly() {
        return room().weekly;
    }

    @Produces
    PipelineDefinition migrateRegistry() {
        return room().migrateRegistry;
    }

    @Produces
    Schedules schedules() {
        return room().schedules;
    }

    @Produces
    EditSchedules editSchedules(Pipelines pipelines) {
        return new EditSchedules(room().schedules, room().crons, pipelines, Clock.systemUTC());
    }

    @Produces
    LogStreams logStreams() {
        return room().logStreams;
    }

    @Produces
    Notifications notifications() {
        return room().notifications;
    }

    @Produces
    TryChannel trial() {
        return room().notifying.trial;
    }

    @Produces
    RunOwners owners() {
        return room().owners;
    }

    @Produces
    StepPolicies stepPolicies() {
        return room().configuration.steps();
    }

    @Produces
    PipelineOptions pipelineOptions() {
        return new PipelineOptions(room().configuration.callbackSecret() != null);
    }

    @Produces
    NodeName node() {
        return room().node;
    }

    @Produces
    DatasetVersions datasetVersions() {
        return room().datasetVersions;
    }

    @Produces
    PipelineDefinition generateDataset() {
        return room().generateDataset;
    }

    /** Not among the pipelines a second time. */
    @Produces
    @Typed(GenerateDatasetPipeline.class)
    GenerateDatasetPipeline datasets() {
        return room().generateDataset;
    }

    @Produces
    PipelineDefinition trainModel() {
        return room().trainModel;
    }
}

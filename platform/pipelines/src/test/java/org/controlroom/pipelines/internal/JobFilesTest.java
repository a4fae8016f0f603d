package org.controlroom.pipelines.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.controlroom.core.catalogue.LoadDataPipeline;
import org.controlroom.core.catalogue.PortionPlan;
import org.controlroom.core.dataset.GenerateDatasetPipeline;
import org.controlroom.core.migrate.MigrateRegistryPipeline;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.schedule.WeeklyPipeline;
import org.controlroom.core.train.TrainModelPipeline;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JobFilesTest {

    private static final Path JOBS = Path.of("src/main/resources/META-INF/batch-jobs");

    // Only asked for names, so nothing is behind them.
    private static final PipelineDefinition LOAD = new LoadDataPipeline(null, null, PortionPlan.ALL);
    private static final PipelineDefinition DATASET = new GenerateDatasetPipeline(null, null, null, null, null, null);
    private static final PipelineDefinition TRAIN =
            new TrainModelPipeline(null, null, null, null, new LiveModels(), null, null, null, null);
    private static final PipelineDefinition WEEKLY = new WeeklyPipeline(List.of(
            new WeeklyPipeline.Part("load.", LOAD, null),
            new WeeklyPipeline.Part("dataset.", DATASET, null),
            new WeeklyPipeline.Part("train.", TRAIN, null)));
    private static final PipelineDefinition MIGRATE = new MigrateRegistryPipeline(null, null);
    private static final List<PipelineDefinition> PIPELINES = List.of(LOAD, DATASET, TRAIN, WEEKLY, MIGRATE);

    private static Document read(PipelineDefinition pipeline) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(JOBS.resolve(pipeline.name() + ".xml").toFile());
    }

    private static List<Element> elements(Document document, String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    @Test
    void everyPipelineHasAJobOfItsNameAndEveryJobAPipeline() throws IOException {
        try (Stream<Path> files = Files.list(JOBS)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".xml", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            PIPELINES.stream().map(PipelineDefinition::name).toList());
        }
    }

    @Test
    void aJobHasTheStepsOfItsPipelineInTheirOrder() throws Exception {
        for (PipelineDefinition pipeline : PIPELINES) {
            List<Element> steps = elements(read(pipeline), "step");
            assertThat(steps).extracting(step -> step.getAttribute("id")).isEqualTo(pipeline.steps());
            List<String> next =
                    new ArrayList<>(pipeline.steps().subList(1, pipeline.steps().size()));
            next.add("");
            assertThat(steps).extracting(step -> step.getAttribute("next")).isEqualTo(next);
        }
    }

    @Test
    void aJobIsCalledAsItsFileAndHandsOnTheRunIdAndNothingElse() throws Exception {
        for (PipelineDefinition pipeline : PIPELINES) {
            Document job = read(pipeline);
            assertThat(job.getDocumentElement().getAttribute("id")).isEqualTo(pipeline.name());
            assertThat(elements(job, "property")).hasSize(1);
            Element property = elements(job, "property").get(0);
            assertThat(property.getAttribute("name")).isEqualTo(BatchJobs.RUN_ID);
            assertThat(property.getAttribute("value")).isEqualTo("#{jobParameters['run.id']}");
            assertThat(elements(job, "batchlet"))
                    .extracting(batchlet -> batchlet.getAttribute("ref"))
                    .containsOnly("pipelineStep");
            assertThat(elements(job, "listener"))
                    .extracting(listener -> listener.getAttribute("ref"))
                    .containsExactly("pipelineRun");
        }
    }
}

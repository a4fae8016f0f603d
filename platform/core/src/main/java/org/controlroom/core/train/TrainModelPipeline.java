package org.controlroom.core.train;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.controlroom.core.artifact.PythonCode;
import org.controlroom.core.dataset.ReadDataset;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.model.TestRows;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.predict.LiveModel;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.promote.DecidePromotion;
import org.controlroom.core.promote.ModelLoader;
import org.controlroom.core.promote.PromoteModel;
import org.controlroom.core.promote.PromotionPolicy;
import org.controlroom.core.promote.WarmUp;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.TrainingContext;
import org.jspecify.annotations.Nullable;

/**
 * Pipeline {@code train-model}, from the labelled catalogue or a dataset version to a registered version, and to production
 * when the policy says so. Parameters: {@code dataset} (catalogue, or the id of a dataset version), {@code preset}, {@code seed}, {@code testFraction}, {@code calibrationFraction}, {@code promote}
 * (auto or never), {@code extractor}, {@code classifier}, and each plugin's settings as {@code extractor.KEY} and
 * {@code classifier.KEY}.
 *
 * <p>The hold-out rows decide about nothing before step {@code promote}; no part of the model is fitted to them.
 */
public final class TrainModelPipeline implements PipelineDefinition, PipelineDefinition.Closing {

    public static final String NAME = "train-model";
    public static final String EXPERIMENT = "rakuten_model_training";

    private static final String SNAPSHOT = "snapshot-dataset";
    private static final String FIT = "fit-extractor";
    private static final String TRAIN = "train-classifier";
    private static final String CALIBRATE = "calibrate";
    private static final String EVALUATE = "evaluate";
    private static final String REGISTER = "register";
    private static final String PROMOTE = "promote";

    private final Plugins plugins;
    private final LiveModels live;
    private final PromoteModel promotion;
    private final DecidePromotion decide;
    private final TrainingRoom room;
    private final ReadDataset datasets;
    private final SnapshotDataset snapshot;
    private final FitModel fit;
    private final EvaluateModel evaluate;
    private final RegistryRun registryRun;
    private final RegisterModel register;

    /** Work of the last run that a step was called for. Guarded by this. */
    private @Nullable RunWork work;

    private String workRun = "";

    public TrainModelPipeline(
            Catalogue catalogue,
            ReadDataset datasets,
            Plugins plugins,
            ModelRegistry registry,
            LiveModels live,
            PromoteModel promotion,
            DecidePromotion decide,
            TrainingRoom room,
            InstantSource clock) {
        this.plugins = plugins;
        this.live = live;
        this.promotion = promotion;
        this.decide = decide;
        this.room = room;
        this.datasets = datasets;
        this.snapshot = new SnapshotDataset(catalogue, datasets, clock);
        this.fit = new FitModel(plugins, room);
        this.evaluate = new EvaluateModel(new ModelLoader(plugins, WarmUp.NONE));
        this.registryRun = new RegistryRun(registry, room);
        this.register = new RegisterModel(registry, room, clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> steps() {
        return List.of(SNAPSHOT, FIT, TRAIN, CALIBRATE, EVALUATE, REGISTER, PROMOTE);
    }

    @Override
    public Map<String, String> complete(Map<String, String> parameters) {
        return TrainingParameters.complete(parameters, plugins, datasets);
    }

    @Override
    public void run(String step, StepContext context) {
        RunWork current = work(context.runId());
        TrainingParameters parameters = parameters(context);
        long start = System.nanoTime();
        boolean done = false;
        try {
            openRegistryRun(step, current, parameters, context);
            String outcome = switch (step) {
                case SNAPSHOT -> snapshot(current, parameters, context);
                case FIT -> fit.fitExtractor(current, parameters, context.progress());
                case TRAIN -> fit.trainClassifier(current, parameters, context.progress());
                case CALIBRATE -> fit.calibrate(current, parameters, context.progress());
                case EVALUATE -> evaluate(current, parameters, context);
                case REGISTER -> register(current, parameters, context);
                case PROMOTE -> promote(current, parameters, context);
                default ->
                    throw new ControlRoomException(
                            ErrorCode.NOT_FOUND, NAME + " has no step '" + step + "'; steps are " + steps());
            };
            double seconds = (System.nanoTime() - start) * 1e-9;
            current.keepSeconds(step, seconds);
            context.log(String.format(Locale.ROOT, "%s (%.2f s)", outcome, seconds));
            done = true;
        } finally {
            if (!done) {
                current.forgetMemory();
            }
        }
    }

    private TrainingParameters parameters(StepContext context) {
        TrainingParameters given = TrainingParameters.of(context.parameters());
        return given.onCatalogue() ? given : given.on(datasets.version(given.dataset()), plugins);
    }

    /** Only what stands in the registry needs it; everything before can be done while it is away. */
    private void openRegistryRun(String step, RunWork current, TrainingParameters parameters, StepContext context) {
        if (current.registryRun() != null) {
            return;
        }
        try {
            String run = registryRun.open(context, current, parameters);
            context.putOutcome(Map.of("registry_run", run));
            current.keepRegistryRun(run);
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.REGISTRY_UNAVAILABLE || step.equals(REGISTER) || step.equals(PROMOTE)) {
                throw e;
            }
            context.log("goes on without the registry, which is needed at step " + REGISTER + ": " + e.getMessage());
        }
    }

    @Override
    public void ended(String runId, RunStatus status, String reason) {
        RunWork current = work(runId);
        current.keepRegistryRun(null);
        registryRun.end(runId, current, status, reason);
    }

    private synchronized RunWork work(String runId) {
        RunWork current = work;
        if (current == null || !workRun.equals(runId)) {
            current = new RunWork(room.runsFolder().resolve(runId));
            work = current;
            workRun = runId;
        }
        return current;
    }

    private String snapshot(RunWork current, TrainingParameters parameters, StepContext context) {
        current.deleteOldFolders();
        TrainingSet set;
        Map<String, String> outcome = new TreeMap<>();
        String of = "";
        if (parameters.onCatalogue()) {
            set = snapshot.take(context.runId(), parameters.testFraction(), parameters.seed(), context.progress());
            current.note(RegisterModel.ORIGIN_NOTE, snapshot.origin());
        } else {
            DatasetVersion version = datasets.version(parameters.dataset());
            set = snapshot.take(context.runId(), version, context.progress());
            current.note(RegisterModel.ORIGIN_NOTE, SnapshotDataset.origin(version));
            outcome.put(RegisterModel.DATASET_VERSION, version.id());
            of = " version " + version.id() + " of week " + version.week() + ", balancing "
                    + version.balancingStrategy() + ",";
        }
        current.keep(set);
        outcome.put("dataset_hash", set.hash());
        outcome.put("train_rows", Integer.toString(set.train().rows()));
        outcome.put("test_rows", Integer.toString(set.test().rows()));
        context.putOutcome(outcome);
        return set.train().rows() + " rows to train on, " + set.test().rows() + " held out, dataset" + of + " "
                + set.hash().substring(0, 12);
    }

    private String evaluate(RunWork current, TrainingParameters parameters, StepContext context) {
        Evaluation evaluation = evaluate.evaluate(current, current.schema(), context(parameters, context));
        Map<String, String> outcome = new TreeMap<>();
        evaluation.summary().forEach((key, value) -> outcome.put(key, String.format(Locale.ROOT, "%.4f", value)));
        context.putOutcome(outcome);
        return "hold-out: " + outcome;
    }

    private String register(RunWork current, TrainingParameters parameters, StepContext context) {
        ModelVersion version = register.register(
                context.runId(),
                Objects.requireNonNull(current.registryRun(), "registryRun"),
                current,
                parameters,
                current.schema());
        context.putOutcome(Map.of("model_version", version.version()));
        String registered = "registered as " + version.name() + " " + version.version();
        return PythonCode.lack(current.model(), current.extractor(), current.classifier())
                .map(lack -> registered + "; cannot be opened in Python: " + lack)
                .orElse(registered);
    }

    private String promote(RunWork current, TrainingParameters parameters, StepContext context) {
        ModelVersion version = register.registered(current);
        String decision = version.tags().get(PromoteModel.DECISION_TAG);
        String reason = version.tags().getOrDefault(PromoteModel.REASON_TAG, "");
        String actor = context.pipeline() + " " + context.runId();
        if (decision == null) {
            PromotionDecision decided = decide.carryOut(decide(version, current, parameters, context));
            reason = decided.reason();
            decision = decided.outcome().name().toLowerCase(Locale.ROOT);
        } else if (decision.equals("promoted") && !isLive(version)) {
            promotion.promote(version.version(), reason, actor);
        } else if (decision.equals("promoted")) {
            promotion.completeHistory(version, reason, actor);
        }
        context.putOutcome(Map.of("promotion", decision, "promotion_reason", reason));
        current.deleteLargeFiles();
        return decision + ": " + reason;
    }

    private boolean isLive(ModelVersion version) {
        return live.live()
                .map(now -> now.version().version().equals(version.version()))
                .orElse(false);
    }

    private PromotionDecision decide(
            ModelVersion version, RunWork current, TrainingParameters parameters, StepContext context) {
        if (live.live().isPresent()) {
            try (LiveModel now = live.acquire()) {
                return judge(version, now.version(), now.model(), current, parameters, context);
            }
        }
        // A node that serves none still may not replace what others serve without looking at it.
        Optional<ActivateModel.Production> elsewhere = live.canServe() ? Optional.empty() : promotion.openProduction();
        if (elsewhere.isEmpty()) {
            return judge(version, null, null, current, parameters, context);
        }
        try (ActivateModel.Production now = elsewhere.get()) {
            return judge(version, now.version(), now.model(), current, parameters, context);
        }
    }

    private PromotionDecision judge(
            ModelVersion version,
            @Nullable ModelVersion liveVersion,
            @Nullable ServingModel liveModel,
            RunWork current,
            TrainingParameters parameters,
            StepContext context) {
        TrainingSet.Part test = current.set().test();
        HeldOut heldOut = new HeldOut(
                parameters.testFraction(),
                parameters.seed(),
                parameters.onCatalogue()
                        ? null
                        : datasets.sides(ReadDataset.split(datasets.version(parameters.dataset()))));
        PromotionPolicy.Measured other = null;
        int seen = 0;
        if (liveVersion != null && liveModel != null) {
            Evaluation measured =
                    Evaluation.of(EvaluateModel.answers(liveModel, test, context(parameters, context)), test.labels());
            other = new PromotionPolicy.Measured(liveVersion.version(), measured.summary(), measured.f1ByLabel());
            seen = HeldOut.of(liveModel.manifest(), heldOut, datasets).seen(current.set());
        }
        Map<String, Double> figures = current.figures();
        TestRows rows =
                new TestRows(version.version(), test.rows(), seen, current.set().hash(), true);
        boolean never = parameters.promote().equals(TrainingParameters.NEVER);
        return decide.judge(
                version,
                new PromotionPolicy.Figures(
                        HeldOut.measured(version.version(), figures),
                        other,
                        figures.getOrDefault("baseline_f1_weighted", 1.0),
                        StratifiedSplit.counts(test.labels())),
                rows,
                never ? DecidePromotion.Wish.HOLD : DecidePromotion.Wish.AUTO,
                context.pipeline() + " " + context.runId(),
                rows.remark() + (never ? "; the run was started with promote=never" : ""));
    }

    private TrainingContext context(TrainingParameters parameters, StepContext context) {
        return fit.context(parameters, parameters.extractorSettings(), context.progress());
    }
}

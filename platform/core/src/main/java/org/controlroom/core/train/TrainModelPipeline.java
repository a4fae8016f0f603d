package org.controlroom.core.train;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.controlroom.core.artifact.PythonCode;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.predict.LiveModel;
import org.controlroom.core.predict.LiveModels;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.core.promote.ActivateModel;
import org.controlroom.core.promote.ModelLoader;
import org.controlroom.core.promote.PromoteModel;
import org.controlroom.core.promote.PromotionPolicy;
import org.controlroom.core.promote.WarmUp;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.TrainingContext;
import org.jspecify.annotations.Nullable;

/**
 * Pipeline {@code train-model}, from the labelled catalogue to a registered version, and to production when the policy
 * says so. Parameters: {@code preset}, {@code seed}, {@code testFraction}, {@code calibrationFraction}, {@code promote}
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
    private final PromotionPolicy policy;
    private final TrainingRoom room;
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
            Plugins plugins,
            ModelRegistry registry,
            LiveModels live,
            PromoteModel promotion,
            PromotionPolicy policy,
            TrainingRoom room,
            InstantSource clock) {
        this.plugins = plugins;
        this.live = live;
        this.promotion = promotion;
        this.policy = policy;
        this.room = room;
        this.snapshot = new SnapshotDataset(catalogue, clock);
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
        return TrainingParameters.complete(parameters, plugins);
    }

    @Override
    public void run(String step, StepContext context) {
        RunWork current = work(context.runId());
        TrainingParameters parameters = TrainingParameters.of(context.parameters());
        long start = System.nanoTime();
        boolean done = false;
        try {
            if (current.registryRun() == null) {
                String run = registryRun.open(context, current, parameters);
                context.putOutcome(Map.of("registry_run", run));
                current.keepRegistryRun(run);
            }
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
        TrainingSet set =
                snapshot.take(context.runId(), parameters.testFraction(), parameters.seed(), context.progress());
        current.keep(set);
        context.putOutcome(Map.of(
                "dataset_hash", set.hash(),
                "train_rows", Integer.toString(set.train().rows()),
                "test_rows", Integer.toString(set.test().rows())));
        return set.train().rows() + " rows to train on, " + set.test().rows() + " held out, dataset "
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
        if (decision == null || (decision.equals("promoted") && !isLive(version))) {
            PromotionPolicy.Decision decided = decision == null
                    ? decide(current, parameters, context)
                    : new PromotionPolicy.Decision(true, reason);
            reason = decided.reason();
            decision = decided.promote() ? "promoted" : "refused";
            if (decided.promote()) {
                promotion.promote(version.version(), reason, context.pipeline() + " " + context.runId());
            } else {
                promotion.refuse(version, reason);
            }
        } else if (decision.equals("promoted")) {
            promotion.completeHistory(version, reason, context.pipeline() + " " + context.runId());
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

    private PromotionPolicy.Decision decide(RunWork current, TrainingParameters parameters, StepContext context) {
        if (parameters.promote().equals(TrainingParameters.NEVER)) {
            return new PromotionPolicy.Decision(false, "the run was started with promote=never");
        }
        Map<String, Double> figures = current.figures();
        double f1 = figures.getOrDefault("f1_weighted", 0.0);
        double baseline = figures.getOrDefault("baseline_f1_weighted", 1.0);
        if (live.live().isPresent()) {
            try (LiveModel now = live.acquire()) {
                return compare(now.version(), now.model(), f1, baseline, current, parameters, context);
            }
        }
        // A node that serves none still may not replace what others serve without looking at it.
        Optional<ActivateModel.Production> elsewhere = live.canServe() ? Optional.empty() : promotion.openProduction();
        if (elsewhere.isEmpty()) {
            return policy.decide(new PromotionPolicy.Figures(f1, baseline, null, null));
        }
        try (ActivateModel.Production now = elsewhere.get()) {
            return compare(now.version(), now.model(), f1, baseline, current, parameters, context);
        }
    }

    private PromotionPolicy.Decision compare(
            ModelVersion version,
            ServingModel model,
            double f1,
            double baseline,
            RunWork current,
            TrainingParameters parameters,
            StepContext context) {
        double other = EvaluateModel.f1Weighted(model, current.set().test(), context(parameters, context));
        PromotionPolicy.Decision decision =
                policy.decide(new PromotionPolicy.Figures(f1, baseline, other, version.version()));
        Map<String, String> provenance = model.manifest().provenance();
        boolean sameSplit = Long.toString(parameters.seed()).equals(provenance.get("seed"))
                && Double.toString(parameters.testFraction()).equals(provenance.get("test_fraction"));
        return sameSplit
                ? decision
                : new PromotionPolicy.Decision(
                        decision.promote(),
                        decision.reason() + "; the live model was split otherwise and has seen some of these rows");
    }

    private TrainingContext context(TrainingParameters parameters, StepContext context) {
        return fit.context(parameters, parameters.extractorSettings(), context.progress());
    }
}

package org.controlroom.core.compare;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.EvaluationTags;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.promote.DecidePromotion;
import org.controlroom.core.promote.PromotionPolicy;
import org.controlroom.core.train.MeasureVersions.Answered;
import org.controlroom.core.train.MeasureVersions.Measurement;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;

/**
 * Asks the promotion policy about a version that is registered already: the version and the one in production answer the
 * same rows, now. Thread-safe.
 */
public final class JudgeVersion {

    /** Tag of a version: its weighted F1 on the hold-out. */
    static final String FIGURE_TAG = "f1_weighted";

    private final ModelRegistry registry;
    private final CompareVersions versions;
    private final DecidePromotion decide;

    public JudgeVersion(ModelRegistry registry, CompareVersions versions, DecidePromotion decide) {
        this.registry = registry;
        this.versions = versions;
        this.decide = decide;
    }

    /**
     * Says what would be done, and does nothing.
     *
     * @throws ControlRoomException CONFLICT when the version is in production; else as {@link CompareVersions#compare}
     */
    public PromotionDecision dryRun(ModelVersion version, String actor) {
        return judge(version, actor, "");
    }

    /**
     * Decides, keeps the decision and carries it out.
     *
     * @param remark why somebody asks, for people
     * @throws ControlRoomException as {@link #dryRun} and {@link DecidePromotion#carryOut}
     */
    public PromotionDecision decide(ModelVersion version, String actor, String remark) {
        return decide.carryOut(judge(version, actor, "; asked for by " + actor + ": " + remark));
    }

    /**
     * Gives a version that others registered, and that has no figures therefore, those on the hold-out products: as the tag
     * {@value #FIGURE_TAG} and {@link EvaluationTags}.
     *
     * @return the version with them
     * @throws ControlRoomException CONFLICT when it has figures; else as {@link CompareVersions#compare}
     */
    public ModelVersion measure(ModelVersion version) {
        String known = version.tags().get(FIGURE_TAG);
        if (known != null) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "version-measured",
                            "version {0} has figures: weighted F1 {1}; only a version without is measured",
                            version.version(),
                            known));
        }
        Measurement found = versions.measureInTurn(version);
        SortedMap<String, Double> figures = found.first().evaluation().summary();
        Reason said = Reason.of(
                "evaluation-measured",
                "accuracy {0} and macro F1 {1} on the {2} hold-out rows of the catalogue; whether the model has learnt from"
                        + " them is not known here",
                figure(figures, "accuracy"),
                figure(figures, "f1_macro"),
                found.rows().rows());
        Map<String, String> tags = new TreeMap<>(EvaluationTags.of(said));
        tags.put(FIGURE_TAG, Double.toString(figures.getOrDefault(FIGURE_TAG, 0.0)));
        registry.setVersionTags(version.name(), version.version(), tags);
        return registry.version(version.name(), version.version());
    }

    private static String figure(SortedMap<String, Double> figures, String name) {
        return String.format(Locale.ROOT, "%.4f", figures.getOrDefault(name, 0.0));
    }

    private PromotionDecision judge(ModelVersion version, String actor, String remark) {
        if (version.aliases().contains(ModelVersion.PRODUCTION_ALIAS)) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "version-in-production",
                            "version {0} is in production already; must be another version",
                            version.version()));
        }
        Optional<ModelVersion> production = registry.versionByAlias(version.name(), ModelVersion.PRODUCTION_ALIAS);
        Measurement found = production
                .map(now -> versions.measureInTurn(version, now))
                .orElseGet(() -> versions.measureInTurn(version));
        Answered live = found.second();
        String rows = (found.rows().sameDataset() ? "" : "; measured on the catalogue as it is now")
                + found.rows().remark();
        return decide.judge(
                version,
                new PromotionPolicy.Figures(
                        measured(found.first()),
                        live == null ? null : measured(live),
                        found.baselineF1(),
                        found.support()),
                found.rows(),
                DecidePromotion.Wish.AUTO,
                actor,
                rows + remark);
    }

    private static PromotionPolicy.Measured measured(Answered answered) {
        return new PromotionPolicy.Measured(
                answered.version(),
                answered.evaluation().summary(),
                answered.evaluation().f1ByLabel());
    }
}

package org.controlroom.core.compare;

import java.util.Optional;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.PromotionDecision;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.core.promote.DecidePromotion;
import org.controlroom.core.promote.PromotionPolicy;
import org.controlroom.core.train.MeasureVersions.Answered;
import org.controlroom.core.train.MeasureVersions.Measurement;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * Asks the promotion policy about a version that is registered already: the version and the one in production answer the
 * same rows, now. Thread-safe.
 */
public final class JudgeVersion {

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

    private PromotionDecision judge(ModelVersion version, String actor, String remark) {
        if (version.aliases().contains(ModelVersion.PRODUCTION_ALIAS)) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    "version " + version.version() + " is in production already; must be another version");
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

package org.controlroom.ui.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
            return reader.readObject();
        }
    }

    @Test
    void aHealthyServerHasAModelAndNoReasons() {
        NodeStatus status = NodeStatus.of(json("{'status':'healthy','model':{'loaded':true,'name':'rakuten_classifier',"
                + "'version':'3','run_id':'r7','stage':'Production','activated_at':'2026-11-23T15:12:33Z','labels':27,"
                + "'last_failure':null},'registry':{'reachable':true,'error':null},"
                + "'database':{'reachable':true,'products':5,'labelled':4,'error':null}}"));
        assertThat(status.level()).isEqualTo("healthy");
        assertThat(status.reasons()).isEmpty();
        assertThat(status.model())
                .isEqualTo(new NodeStatus.LiveModel(
                        "rakuten_classifier", "3", "r7", "Production", Instant.parse("2026-11-23T15:12:33Z"), 27));
        assertThat(status.labelled()).isEqualTo(4);
    }

    @Test
    void everythingThatIsWrongIsAReason() {
        NodeStatus status = NodeStatus.of(json("{'status':'unhealthy','model':{'loaded':false,"
                + "'name':'rakuten_classifier','version':null,'stage':null,'activated_at':null,'labels':0,"
                + "'last_failure':{'version':'4','code':'ARTIFACT_INVALID','reason':'checksum','time':'x'}},"
                + "'registry':{'reachable':false,'error':'no answer'},"
                + "'database':{'reachable':false,'products':null,'labelled':null,'error':null}}"));
        assertThat(status.model()).isNull();
        assertThat(status.labelled()).isNull();
        assertThat(status.reasons())
                .containsExactly(
                        "model version 4 could not be activated: checksum",
                        "registry: no answer",
                        "database: not reachable");
    }

    @Test
    void aStatusWithoutPartsIsStillAStatus() {
        assertThat(NodeStatus.of(json("{}"))).isEqualTo(NodeStatus.of(json("{'status':'unknown','model':7}")));
    }

    @Test
    void theNodeItselfKnowsTheFiguresOfAModelThatWasMeasuredBeforeItWasRegistered() {
        String model = "{'model':{'loaded':true,'version':'3','registered_at':'2026-11-24T01:36:03Z',"
                + "'figures':{'f1_weighted':0.8674,'ece':0.0182},'provenance':{'train_rows':'35038','preset':'fast'}}}";
        assertThat(NodeStatus.of(json(model)).figures())
                .isEqualTo(new ModelFigures(
                        Instant.parse("2026-11-24T01:36:03Z"), 0.8674, null, 0.0182, 35038L, null, null, "fast"));
        assertThat(NodeStatus.of(json("{'model':{'version':'3','figures':{},'provenance':{}}}"))
                        .figures())
                .isNull();
    }

    @Test
    void aWebhookThatIsRefusedAfterOneThatWasTakenFails() {
        String refused = "{'registry':{'webhook':{'accepted_at':%s,'refused_at':'2026-11-24T01:36:03Z',"
                + "'refusal':'is 301 s old','refusal_reason':{'key':'webhook-old','values':['301','300'],'text':'x'}}}}";
        NodeStatus.Webhook webhook =
                NodeStatus.of(json(refused.formatted("null"))).parts().webhook();
        assertThat(webhook.failing()).isTrue();
        assertThat(webhook.refusalReason()).isEqualTo(new ApiProblem.Reason("webhook-old", List.of("301", "300")));
        assertThat(NodeStatus.of(json(refused.formatted("'2026-11-24T01:36:04Z'")))
                        .parts()
                        .webhook()
                        .failing())
                .isFalse();
        assertThat(NodeStatus.of(json("{}")).parts().webhook()).isEqualTo(NodeStatus.Webhook.NONE);
    }

    @Test
    void whatARollBackBringsBackIsWhatTheVersionInProductionReplaced() {
        assertThat(ModelVersion.of(json("{'version':'2','tags':{'promotion.replaced':'1'}}"))
                        .replaced())
                .isEqualTo("1");
        assertThat(ModelVersion.of(json("{'version':'1','tags':{'promotion.reason':'rolled back from version 2: x'}}"))
                        .replaced())
                .isEmpty();
    }

    @Test
    void figuresThatTheRunDoesNotHaveStayEmpty() {
        assertThat(ModelFigures.of(
                        json("{'created_at':'2026-11-24T01:36:03Z'}"),
                        json("{'metrics':{'f1_weighted':0.8674,'ece':0.0182},"
                                + "'parameters':{'train_rows':'35038','test_rows':'many','dataset_hash':'9f2c'}}")))
                .isEqualTo(new ModelFigures(
                        Instant.parse("2026-11-24T01:36:03Z"), 0.8674, null, 0.0182, 35038L, null, "9f2c", null));
        assertThat(ModelFigures.of(json("{}"), json("{}")))
                .isEqualTo(new ModelFigures(null, null, null, null, null, null, null, null));
    }

    @Test
    void anAnswerKeepsTheOrderOfTheServer() {
        Answer answer = Answer.of(json("{'predicted_class':2280,'probabilities':{'2280':0.6,'10':0.3,'1160':0.1},"
                + "'confidence':0.6,'prediction_id':'pred_1','model_name':'m','model_version':'3'}"));
        assertThat(answer.label()).isEqualTo(2280);
        assertThat(answer.best()).extracting(Answer.Candidate::label).containsExactly("2280", "10", "1160");
    }

    @Test
    void aProblemKeepsTitleDetailAndEveryField() {
        ApiProblem problem = ApiProblem.of(
                422,
                json(
                        "{'title':'Input not valid','detail':'two mistakes','errors':["
                                + "{'field':'designation','message':'is blank'},{'field':'description','message':'too long'}]}"));
        assertThat(problem.title()).isEqualTo("Input not valid");
        assertThat(problem.detail()).isEqualTo("two mistakes");
        assertThat(problem.errors())
                .containsExactly(
                        new ApiProblem.FieldError("designation", "is blank", null),
                        new ApiProblem.FieldError("description", "too long", null));
    }

    @Test
    void anErrorThatIsNoProblemObjectIsShownAsItIs() {
        assertThat(ApiProblem.of(500, json("{'errors':'none'}")).detail()).isEqualTo("{\"errors\":\"none\"}");
        assertThat(ApiProblem.of(502, json("{}")).title()).isEqualTo("HTTP 502");
    }

    @Test
    void whatTheRegistryHasInProductionAndTheNodeDoesNotFollowIsNamed() {
        String registry =
                "{'registry':{'reachable':true,'production':'4','not_followed':'English','not_followed_reason':%s}}";
        assertThat(NodeStatus.of(json(registry.formatted("{'key':'not-followed-yet','values':['4']}")))
                        .parts()
                        .notFollowed())
                .isEqualTo(new NodeStatus.NotFollowed("4", ""));
        assertThat(NodeStatus.of(json(registry.formatted("{'key':'not-followed','values':['4','no plugin']}")))
                        .parts()
                        .notFollowed())
                .isEqualTo(new NodeStatus.NotFollowed("4", "no plugin"));
        assertThat(NodeStatus.of(json(registry.formatted("null"))).parts().notFollowed())
                .isEqualTo(NodeStatus.NotFollowed.NONE);
    }

    @Test
    void aClassDistributionHasTheMostFrequentClassFirst() {
        ClassDistribution distribution = ClassDistribution.of(
                json("{'labels':[10,40,2583],'train':[5,9,5],'test':[1,2,3],'predicted':[2,12,0]}"));

        assertThat(distribution.classes())
                .containsExactly(
                        new ClassDistribution.OfClass("40", 9, 2, 12),
                        new ClassDistribution.OfClass("2583", 5, 3, 0),
                        new ClassDistribution.OfClass("10", 5, 1, 2));
        assertThat(distribution.classes().get(0).most()).isEqualTo(12);
        assertThat(ClassDistribution.of(json("{}")).classes()).isEmpty();
    }

    @Test
    void aRiskCurveHasAPointForEachShareOfRows() {
        RiskCurve curve =
                RiskCurve.of(json("{'area':0.037,'confidence':[0.9,0.5],'coverage':[0.5,1],'risk':[0,0.25]}"));

        assertThat(curve.area()).isEqualTo(0.037);
        assertThat(curve.points()).containsExactly(new RiskCurve.Point(0.5, 0), new RiskCurve.Point(1, 0.25));
        assertThat(RiskCurve.of(json("{}")).points()).isEmpty();
    }
}

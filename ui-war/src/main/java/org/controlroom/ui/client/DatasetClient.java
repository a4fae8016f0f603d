package org.controlroom.ui.client;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.controlroom.ui.client.Catalogue.Load;
import org.controlroom.ui.client.Catalogue.LoadProgress;
import org.controlroom.ui.client.Catalogue.LoadRun;
import org.controlroom.ui.client.Catalogue.Part;
import org.controlroom.ui.client.Catalogue.Portion;
import org.controlroom.ui.client.Catalogue.ProductDetail;
import org.controlroom.ui.client.Catalogue.ProductLine;
import org.controlroom.ui.client.Catalogue.Rejected;
import org.controlroom.ui.client.Catalogue.Statistics;
import org.controlroom.ui.client.Catalogue.Trial;
import org.controlroom.ui.client.CatalogueUpload.Preview;
import org.jspecify.annotations.Nullable;

/** Asks the API about the catalogue. All methods throw {@link ApiProblem}. */
@ApplicationScoped
public class DatasetClient {

    /** The first question after a load of an older server counts all products. */
    private static final Duration COUNTING = Duration.ofSeconds(30);

    private static final int UPLOADED_ROWS = 10;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    ApiConnection connection;

    public Statistics statistics() {
        return connection.ask(DatasetApi.class, COUNTING, api -> Statistics.of(api.statistics()));
    }

    /**
     * One page; goes on searching for a moment while it is not full.
     *
     * @param text words of the title; empty for all products
     */
    public Part<ProductLine> products(String text, String label, String cursor, int limit) {
        Listed<ProductLine> found = ask(api -> FullPage.of(
                given(cursor),
                limit,
                (from, rows) -> api.products(given(text), given(label), from, rows),
                ProductLine::of));
        return new Part<>(found.items(), found.next());
    }

    public ProductDetail product(String id) {
        return ask(api -> ProductDetail.of(api.product(id)));
    }

    /** What the live model says about a product; nothing is logged by it. */
    public Trial prediction(String id) {
        return ask(api -> Trial.of(api.prediction(id)));
    }

    public Part<Load> loads(String status, String cursor, int limit) {
        return ask(api -> Part.of(api.loads(given(status), given(cursor), limit), Load::of));
    }

    /** Of the folder that the server is configured with; null when there is none. */
    public @Nullable Portion nextPortion() {
        try {
            return ask(api -> Portion.of(api.nextPortion()));
        } catch (ApiProblem e) {
            if (e.status() == 404) {
                return null;
            }
            throw e;
        }
    }

    /** Starts the load of the next portion. */
    public LoadRun loadNextPortion() {
        return ask(api -> LoadRun.of(api.startLoad(Json.createObjectBuilder()
                .add("parameters", JsonValue.EMPTY_JSON_OBJECT)
                .build())));
    }

    public Load load(String id) {
        return ask(api -> Load.of(api.load(id)));
    }

    /** Every state of a product, newest first. */
    public Part<Revision> history(String product, String cursor, int limit) {
        return ask(api -> Part.of(api.history(product, given(cursor), limit), Revision::of));
    }

    /** What a load did, in the order of product ids. */
    public Part<Revision> changes(String load, String cursor, int limit) {
        return ask(api -> Part.of(api.changes(load, given(cursor), limit), Revision::of));
    }

    /** A large load takes its time to be taken back. */
    public Load rollBack(String load, String reason) {
        return connection.ask(
                DatasetApi.class,
                COUNTING,
                api -> Load.of(api.rollBack(
                        load, Json.createObjectBuilder().add("reason", reason).build())));
    }

    public Part<Rejected> rejected(String load, String cursor, int limit) {
        return ask(api -> Part.of(api.rejected(load, given(cursor), limit), Rejected::of));
    }

    public List<CatalogueUpload> uploads() {
        return ask(api -> Part.of(api.uploads(), CatalogueUpload::of).items());
    }

    public CatalogueUpload upload(String id) {
        return ask(api -> CatalogueUpload.of(api.upload(id)));
    }

    public List<Preview> preview(String id) {
        return ask(api -> Part.of(api.preview(id, UPLOADED_ROWS), Preview::of).items());
    }

    public LoadRun loadUpload(String id) {
        return ask(api -> LoadRun.of(api.loadUpload(id)));
    }

    public void removeUpload(String id) {
        ask(api -> {
            api.removeUpload(id);
            return true;
        });
    }

    /** A run of the load pipeline and, when it has ended, what it loaded. */
    public LoadProgress progress(String runId) {
        LoadRun run = ask(api -> LoadRun.of(api.run(runId)));
        String loadId = run.loadId();
        return new LoadProgress(run, run.ended() && loadId != null ? load(loadId) : null);
    }

    private <T> T ask(Function<DatasetApi, T> question) {
        return connection.ask(DatasetApi.class, question);
    }

    private static @Nullable String given(String text) {
        return text.isBlank() ? null : text;
    }
}

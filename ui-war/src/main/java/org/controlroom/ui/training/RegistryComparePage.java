package org.controlroom.ui.training;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.ComparedRow;
import org.controlroom.ui.client.Comparison;
import org.controlroom.ui.client.Listed;
import org.controlroom.ui.client.ModelVersion;
import org.controlroom.ui.client.RegistryClient;
import org.controlroom.ui.frame.PageStatus;
import org.controlroom.ui.frame.Query;
import org.jspecify.annotations.Nullable;

/** Two versions on the same rows: {@code ?version=&other=}, and {@code change=} for some of the rows. */
@Named("registryCompare")
@RequestScoped
public class RegistryComparePage {

    static final String PAGE = "registry-compare";

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    RegistryClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Web web;

    private List<ModelVersion> versions = List.of();
    private @Nullable Comparison comparison;
    private @Nullable Listed<ComparedRow> rows;
    private @Nullable ApiProblem problem;

    public void open() {
        Query query = web.query();
        try {
            versions = client.versions(RegistryPage.CLASSIFIER, null, null).items();
            if (!getVersion().isBlank() && !getOther().isBlank()) {
                comparison = client.compare(RegistryPage.CLASSIFIER, getVersion(), getOther());
                rows = client.comparedRows(
                        RegistryPage.CLASSIFIER,
                        getVersion(),
                        getOther(),
                        query.get("change"),
                        query.get("true"),
                        query.get("cursor"));
            } else if (!getVersion().isBlank() || !getOther().isBlank()) {
                // one of two is not compared yet, but must be there
                client.version(RegistryPage.CLASSIFIER, getVersion().isBlank() ? getOther() : getVersion());
            }
        } catch (ApiProblem e) {
            if (e.status() != 404 || !getVersion().isBlank() || !getOther().isBlank()) {
                problem = e;
                PageStatus.of(e);
            }
        }
    }

    public List<ModelVersion> getVersions() {
        return versions;
    }

    public String getVersion() {
        return web.raw("version");
    }

    public String getOther() {
        return web.raw("other");
    }

    public List<String> getChanges() {
        return List.of("better", "worse", "both_wrong");
    }

    public String getChange() {
        return web.raw("change");
    }

    public @Nullable Comparison getComparison() {
        return comparison;
    }

    public List<ComparedRow> getRows() {
        return rows == null ? List.of() : rows.items();
    }

    public @Nullable ApiProblem getProblem() {
        return problem;
    }

    /** The same comparison with some of the rows only. */
    public String only(String change) {
        return web.query().without("cursor").with("change", change).link(PAGE) + "#rows";
    }

    /** The same comparison with all rows. */
    public String getAllLink() {
        return web.query().without("cursor").without("change").link(PAGE) + "#rows";
    }

    /** Cursor of the next page; null on the last. */
    public @Nullable String getNext() {
        return rows == null ? null : rows.next();
    }
}

package org.controlroom.ui.dataset;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import org.controlroom.ui.client.ApiProblem;
import org.controlroom.ui.client.Catalogue.Part;
import org.controlroom.ui.client.Catalogue.ProductLine;
import org.controlroom.ui.client.Catalogue.Share;
import org.controlroom.ui.client.Catalogue.Statistics;
import org.controlroom.ui.client.DatasetClient;
import org.controlroom.ui.frame.Frame;
import org.jspecify.annotations.Nullable;

/** A part of the products, found by words and class. */
@Named("datasetProducts")
@RequestScoped
public class DatasetProducts {

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    DatasetClient client;

    @Inject
    @SuppressWarnings("NullAway.Init") // injected
    Frame frame;

    private static final int ROWS = 50;

    private boolean asked;
    private boolean catalogueEmpty;
    private Part<ProductLine> products = new Part<>(List.of(), null);
    private List<Share> classes = List.of();
    private @Nullable ApiProblem problem;

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        try {
            Statistics statistics = client.statistics();
            catalogueEmpty = statistics.products() == 0;
            classes = statistics.classes().stream()
                    .sorted(Comparator.comparing(one -> Long.parseLong(one.name())))
                    .toList();
            products = client.products(getText(), getLabel(), frame.parameter("cursor"), ROWS);
        } catch (ApiProblem e) {
            problem = e;
        }
    }

    public Part<ProductLine> getProducts() {
        ask();
        return products;
    }

    /** Whether there is nothing to search in. */
    public boolean isCatalogueEmpty() {
        ask();
        return catalogueEmpty;
    }

    /** Classes with their products, by code. */
    public List<Share> getClasses() {
        ask();
        return classes;
    }

    public @Nullable ApiProblem getProblem() {
        ask();
        return problem;
    }

    public String getText() {
        return frame.parameter("text");
    }

    public String getLabel() {
        return frame.parameter("label");
    }

    public boolean isFiltered() {
        return !getText().isBlank() || !getLabel().isBlank();
    }

    /** Whether the search gave up its turn before the page was full. */
    public boolean isUnfinished() {
        ask();
        return products.next() != null && products.items().size() < ROWS;
    }
}

package org.controlroom.core.fake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.CatalogueTotals;
import org.controlroom.core.model.DatasetSnapshot;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Catalogue;
import org.controlroom.spi.Product;
import org.controlroom.spi.Progress;
import org.jspecify.annotations.Nullable;

/** Rows in memory; loads are only remembered. */
public final class FakeCatalogue implements Catalogue {

    public final List<LabelledProduct> rows = new ArrayList<>();
    public final List<DatasetSnapshot> snapshots = new ArrayList<>();
    public final List<String> loads = new ArrayList<>();
    public final List<CatalogueLoad> completed = new ArrayList<>();
    public double loadedPercent;

    public FakeCatalogue add(long id, String designation, String description, int label) {
        rows.add(new LabelledProduct(id, new Product(designation, description), null, label));
        return this;
    }

    @Override
    public void forEachLabelled(Consumer<LabelledProduct> consumer) {
        rows.stream().sorted(Comparator.comparing(LabelledProduct::productId)).forEach(consumer);
    }

    @Override
    public void saveSnapshot(DatasetSnapshot snapshot) {
        snapshots.removeIf(other -> other.runId().equals(snapshot.runId()));
        snapshots.add(snapshot);
    }

    @Override
    public CatalogueLoad load(
            String batchName, Path products, @Nullable Path labels, CataloguePortion portion, Progress progress) {
        loads.add(batchName + " " + products.getFileName() + " " + (labels == null ? null : labels.getFileName())
                + (portion.isWhole() ? "" : " " + portion.fromPercent() + ".." + portion.toPercent()));
        loadedPercent = portion.toPercent();
        return new CatalogueLoad(
                7,
                batchName,
                products.toString(),
                portion,
                RunStatus.COMPLETED,
                java.time.Instant.EPOCH,
                null,
                5,
                4,
                1,
                2,
                null,
                null,
                null);
    }

    @Override
    public double loadedPercent(Path products, @Nullable Path labels, long seed) {
        return loadedPercent;
    }

    @Override
    public Page<CatalogueLoad> loads(PageRequest request) {
        List<CatalogueLoad> sorted = new ArrayList<>(completed);
        sorted.sort(Comparator.comparing(CatalogueLoad::id));
        if (!"id".equals(request.sort())) {
            java.util.Collections.reverse(sorted);
        }
        return new Page<>(sorted, null);
    }

    /** Says that a portion was loaded. */
    public FakeCatalogue completed(long id, double fromPercent, double toPercent) {
        completed.add(new CatalogueLoad(
                id,
                "load " + id,
                "source",
                new CataloguePortion(fromPercent, toPercent, 0),
                RunStatus.COMPLETED,
                java.time.Instant.EPOCH,
                null,
                0,
                0,
                0,
                0,
                null,
                null,
                null));
        return this;
    }

    @Override
    public CatalogueLoad load(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CatalogueLoad rollBack(long id, String by, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<RejectedRow> rejectedRows(long loadId, PageRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CatalogueTotals totals() {
        long labelled = rows.stream().filter(row -> row.label() != null).count();
        return new CatalogueTotals(rows.size(), labelled, new java.util.TreeMap<>());
    }

    @Override
    public Page<LabelledProduct> products(PageRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<DatasetSnapshot> snapshots(PageRequest request) {
        throw new UnsupportedOperationException();
    }
}

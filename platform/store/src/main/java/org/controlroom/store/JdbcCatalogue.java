package org.controlroom.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.model.CatalogueTotals;
import org.controlroom.core.model.DatasetSnapshot;
import org.controlroom.core.model.KeptReason;
import org.controlroom.core.model.LabelledProduct;
import org.controlroom.core.model.LoadRollback;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.RejectedRow;
import org.controlroom.core.model.RunStatus;
import org.controlroom.core.port.Catalogue;
import org.controlroom.jdbc.Database;
import org.controlroom.jdbc.Statements;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Progress;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** The catalogue in tables {@code products}, {@code labels} and {@code data_loads}. */
public final class JdbcCatalogue implements Catalogue {

    private static final int STREAM_ROWS = 2_000;
    private static final int MAX_ERROR = 4_000;
    private static final int MAX_REASON = 1_000;

    /** For all queries of a page together, each of which takes some milliseconds: a rare word is found in fewer pages. */
    private static final Duration SEARCH_PATIENCE = Duration.ofMillis(70);

    private static final String STREAM = "SELECT p.productid, p.designation, p.description, p.imageid, l.prdtypecode"
            + " FROM labels l JOIN products p ON p.productid = l.productid WHERE l.productid > ?"
            + " ORDER BY l.productid FETCH FIRST " + STREAM_ROWS + " ROWS ONLY";

    private final Database database;
    private final InstantSource clock;

    /** Held while a load runs or is taken back: two at once would wait for each other's rows. */
    private final ReentrantLock loading = new ReentrantLock();

    private final Duration searchPatience;

    public JdbcCatalogue(Database database, InstantSource clock) {
        this(database, clock, SEARCH_PATIENCE);
    }

    /** @param searchPatience after which a search for words answers what it has found */
    JdbcCatalogue(Database database, InstantSource clock, Duration searchPatience) {
        this.database = database;
        this.clock = clock;
        this.searchPatience = searchPatience;
    }

    /** At start of the process: a load that was cut off is marked as failed; its transaction is gone. */
    public void recover() {
        Reason why =
                Reason.of("load-cut-off", "the process ended before the load did; nothing of it was kept, load again");
        database.write(
                "recover loads",
                connection -> Statements.update(
                        connection,
                        "UPDATE data_loads SET status = ?, completed_at = ?, error = ?, error_reason = ? WHERE status = ?",
                        RunStatus.FAILED.text(),
                        clock.instant(),
                        why.text(),
                        KeptReason.write(why),
                        RunStatus.RUNNING.text()));
    }

    @Override
    public CatalogueLoad load(
            String batchName, Path products, @Nullable Path labels, CataloguePortion portion, Progress progress) {
        if (batchName.isBlank() || batchName.length() > 250) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT, "batch name '" + batchName + "'; must have 1..250 characters");
        }
        if (!loading.tryLock()) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of("load-running", "load '{0}': another load is running; wait for its end", batchName));
        }
        try {
            Optional<CatalogueLoad> earlier = byName(batchName);
            if (earlier.isPresent() && earlier.get().status() == RunStatus.COMPLETED) {
                return earlier.get();
            }
            long id = begin(batchName, products, labels, portion);
            LoadFindings findings = new LoadFindings();
            try {
                importing(id, new Job(products, labels, portion), findings, progress);
            } catch (RuntimeException e) {
                fail(id, findings, e);
                throw e;
            }
            return load(id);
        } finally {
            loading.unlock();
        }
    }

    /** One transaction from the first row to the completed load: seen as a whole, or never. */
    private void importing(long id, Job job, LoadFindings findings, Progress progress) {
        database.write("load catalogue", connection -> {
            findings.clear();
            try (CatalogueWriter writer = new CatalogueWriter(connection, clock.instant(), id)) {
                CatalogueImport.Outcome outcome = new CatalogueImport(writer, findings, id, job.portion(), progress)
                        .run(job.products(), job.labels());
                return Statements.update(
                        connection,
                        "UPDATE data_loads SET status = ?, completed_at = ?, total_rows = ?, rows_added = ?,"
                                + " rows_changed = ?, rows_rejected = ? WHERE id = ?",
                        RunStatus.COMPLETED.text(),
                        clock.instant(),
                        findings.rowsRead(),
                        outcome.added(),
                        outcome.changed(),
                        findings.rejected(),
                        id);
            }
        });
    }

    private Optional<CatalogueLoad> byName(String batchName) {
        return database.read(
                "look for load '" + batchName + "'",
                connection -> Statements.first(
                        connection,
                        CatalogueLists::load,
                        "SELECT " + CatalogueLists.LOAD_COLUMNS + " FROM data_loads WHERE batch_name = ?",
                        batchName));
    }

    private long begin(String batchName, Path products, @Nullable Path labels, CataloguePortion portion) {
        return database.write("begin load '" + batchName + "'", connection -> {
            Statements.update(
                    connection,
                    "DELETE FROM load_rejects WHERE load_id IN (SELECT id FROM data_loads WHERE batch_name = ?)",
                    batchName);
            Statements.update(connection, "DELETE FROM data_loads WHERE batch_name = ?", batchName);
            Statements.update(
                    connection,
                    "INSERT INTO data_loads (batch_name, source, percentage_from, percentage, portion_seed, total_rows,"
                            + " rows_added, rows_changed, rows_rejected, started_at, status, metadata)"
                            + " VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?, ?)",
                    batchName,
                    source(products, labels),
                    portion.fromPercent(),
                    portion.toPercent(),
                    portion.seed(),
                    clock.instant(),
                    RunStatus.RUNNING.text(),
                    "{\"products_bytes\":" + bytes(products) + ",\"labels_bytes\":"
                            + (labels == null ? "null" : Long.toString(bytes(labels))) + "}");
            return Statements.number(connection, "SELECT id FROM data_loads WHERE batch_name = ?", batchName);
        });
    }

    private static String source(Path products, @Nullable Path labels) {
        return abbreviated(labels == null ? products.toString() : products + ", " + labels, 2_000);
    }

    @Override
    public double loadedPercent(Path products, @Nullable Path labels, long seed) {
        return database.read(
                "look how much is loaded",
                connection -> Statements.all(
                                connection,
                                row -> row.getDouble(1),
                                "SELECT percentage FROM data_loads WHERE source = ? AND status = ?"
                                        + " AND rolled_back_at IS NULL AND (portion_seed = ?"
                                        + " OR percentage_from = 0 AND percentage = 100)"
                                        + " ORDER BY percentage DESC FETCH FIRST 1 ROWS ONLY",
                                source(products, labels),
                                RunStatus.COMPLETED.text(),
                                seed)
                        .stream()
                        .findFirst()
                        .orElse(0.0));
    }

    /** What a load is to take. */
    private record Job(Path products, @Nullable Path labels, CataloguePortion portion) {}

    /** Size for the record of the load; a missing file is told when it is opened. */
    private static long bytes(Path file) {
        return file.toFile().length();
    }

    private void fail(long id, LoadFindings findings, RuntimeException cause) {
        try {
            fail(id, findings, findings.firstRejects(), cause);
        } catch (ControlRoomException e) {
            cause.addSuppressed(e);
            try {
                // That it failed is worth more than the rows, for which there may be no room.
                fail(id, findings, List.of(), cause);
            } catch (ControlRoomException again) {
                // The load stays 'running' in the table until the next start; the caller gets the first cause.
                cause.addSuppressed(again);
            }
        }
    }

    private void fail(long id, LoadFindings findings, List<Rejects.Reject> kept, RuntimeException cause) {
        database.write("fail load " + id, connection -> {
            try (CatalogueWriter writer = new CatalogueWriter(connection, clock.instant(), id)) {
                writer.putRejects(kept);
            }
            return Statements.update(
                    connection,
                    "UPDATE data_loads SET status = ?, completed_at = ?, total_rows = ?, rows_rejected = ?,"
                            // the answer to the commit may be all that was lost
                            + " error = ?, error_reason = ? WHERE id = ? AND status = ?",
                    RunStatus.FAILED.text(),
                    clock.instant(),
                    findings.rowsRead(),
                    findings.rejected(),
                    abbreviated(String.valueOf(cause.getMessage()), MAX_ERROR),
                    cause instanceof ControlRoomException known ? KeptReason.write(known.reason(), MAX_ERROR) : null,
                    id,
                    RunStatus.RUNNING.text());
        });
    }

    @Override
    public Page<CatalogueLoad> loads(PageRequest request) {
        return database.read("list loads", connection -> CatalogueLists.LOADS.page(connection, request));
    }

    @Override
    public CatalogueLoad load(long id) {
        return database.read(
                        "read load " + id,
                        connection -> Statements.first(
                                connection,
                                CatalogueLists::load,
                                "SELECT " + CatalogueLists.LOAD_COLUMNS + " FROM data_loads WHERE id = ?",
                                id))
                .orElseThrow(() -> new ControlRoomException(
                        ErrorCode.NOT_FOUND, Reason.of("load-unknown", "load {0} does not exist", id)));
    }

    @Override
    public CatalogueLoad rollBack(long id, String by, String reason) {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    Reason.of(
                            "reason-length",
                            "reason with {0} characters; must have 1..{1} that are not all blank",
                            reason.length(),
                            MAX_REASON));
        }
        if (!loading.tryLock()) {
            throw new ControlRoomException(
                    ErrorCode.CONFLICT,
                    Reason.of(
                            "rollback-load-running", "roll back of load {0}: a load is running; wait for its end", id));
        }
        try {
            database.write(
                    "roll back load " + id,
                    connection -> LoadUndo.run(connection, id, new LoadRollback(clock.instant(), by, reason)));
            return load(id);
        } finally {
            loading.unlock();
        }
    }

    @Override
    public Page<RejectedRow> rejectedRows(long loadId, PageRequest request) {
        load(loadId);
        return database.read(
                "list rejected rows",
                connection -> CatalogueLists.REJECTED_ROWS.page(connection, request, "load_id = ?", List.of(loadId)));
    }

    @Override
    public CatalogueTotals totals() {
        return database.readSnapshot("count products", connection -> {
            Optional<CatalogueStatistics> described = StoredStatistics.ofNewestLoad(connection);
            if (described.isPresent()) {
                CatalogueStatistics known = described.get();
                return new CatalogueTotals(known.products(), known.labelled(), known.byLabel());
            }
            SortedMap<Integer, Long> byLabel = new TreeMap<>();
            Statements.all(
                            connection,
                            row -> Map.entry(row.getInt(1), row.getLong(2)),
                            "SELECT prdtypecode, COUNT(*) FROM labels GROUP BY prdtypecode")
                    .forEach(count -> byLabel.put(count.getKey(), count.getValue()));
            long labelled = byLabel.values().stream().mapToLong(Long::longValue).sum();
            return new CatalogueTotals(
                    Statements.number(connection, "SELECT COUNT(*) FROM products"), labelled, byLabel);
        });
    }

    @Override
    public void forEachLabelled(Consumer<LabelledProduct> consumer) {
        // A consumer cannot be called twice for a row, so a failure in the middle must not start again from the front.
        long[] last = {-1};
        boolean[] begun = {false};
        database.readSnapshot("read labelled products", connection -> {
            if (begun[0]) {
                throw new ControlRoomException(
                        ErrorCode.DATABASE_UNAVAILABLE, "read labelled products: the database went away in the middle");
            }
            while (true) {
                List<LabelledProduct> slice = slice(connection, last[0]);
                begun[0] = true;
                slice.forEach(consumer);
                if (slice.size() < STREAM_ROWS) {
                    return slice.size();
                }
                last[0] = slice.get(slice.size() - 1).productId();
            }
        });
    }

    /** By slices, because H2 gathers a whole result in memory before it gives the first row. */
    private static List<LabelledProduct> slice(Connection connection, long after) throws SQLException {
        return Statements.all(connection, CatalogueLists::product, STREAM, after);
    }

    @Override
    public Page<LabelledProduct> products(PageRequest request) {
        if (request.filters().containsKey("text") || "-product_id".equals(request.sort())) {
            CatalogueLists.PRODUCTS.check(request);
            return ProductSearch.page(database, request, searchPatience);
        }
        return database.read(
                "list products",
                connection -> (request.filters().containsKey("label")
                                ? CatalogueLists.PRODUCTS_OF_LABEL
                                : CatalogueLists.PRODUCTS)
                        .page(connection, request));
    }

    @Override
    public void saveSnapshot(DatasetSnapshot snapshot) {
        database.write("save snapshot of run " + snapshot.runId(), connection -> {
            Statements.update(connection, "DELETE FROM dataset_version_labels WHERE run_id = ?", snapshot.runId());
            Statements.update(connection, "DELETE FROM dataset_versions WHERE run_id = ?", snapshot.runId());
            Statements.update(
                    connection,
                    "INSERT INTO dataset_versions (run_id, content_hash, created_at, train_rows, test_rows)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    snapshot.runId(),
                    snapshot.hash(),
                    snapshot.createdAt(),
                    snapshot.trainRows(),
                    snapshot.testRows());
            for (var label : snapshot.byLabel().entrySet()) {
                Statements.update(
                        connection,
                        "INSERT INTO dataset_version_labels (run_id, prdtypecode, row_count) VALUES (?, ?, ?)",
                        snapshot.runId(),
                        label.getKey(),
                        label.getValue());
            }
            return snapshot.byLabel().size();
        });
    }

    @Override
    public Page<DatasetSnapshot> snapshots(PageRequest request) {
        return database.readSnapshot("list snapshots", connection -> {
            Page<DatasetSnapshot> bare = CatalogueLists.SNAPSHOTS.page(connection, request);
            List<DatasetSnapshot> full = new ArrayList<>();
            for (DatasetSnapshot snapshot : bare.items()) {
                full.add(CatalogueLists.withLabels(connection, snapshot));
            }
            return new Page<>(full, bare.next());
        });
    }

    private static String abbreviated(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit - 1) + '…';
    }
}

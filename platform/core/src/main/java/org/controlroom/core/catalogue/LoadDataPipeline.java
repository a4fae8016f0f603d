package org.controlroom.core.catalogue;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.CatalogueViews;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Pipeline {@code load-data}: loads a product file and its label file into the catalogue, and describes the catalogue
 * anew. Parameters: either {@code folder}, which holds both files under the challenge's names, plain or gzipped; or
 * {@code products} and, unless its products have no labels, {@code labels}.
 */
public final class LoadDataPipeline implements PipelineDefinition {

    public static final String NAME = "load-data";
    public static final String LOAD_STEP = "load-catalogue";
    public static final String DESCRIBE_STEP = "describe-catalogue";

    private static final String PRODUCTS_FILE = "X_train_update.csv";
    private static final String LABELS_FILE = "Y_train_CVw08PX.csv";
    private static final List<String> KNOWN = List.of("folder", "labels", "products");

    private final Catalogue catalogue;
    private final CatalogueViews views;

    public LoadDataPipeline(Catalogue catalogue, CatalogueViews views) {
        this.catalogue = catalogue;
        this.views = views;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> steps() {
        return List.of(LOAD_STEP, DESCRIBE_STEP);
    }

    /** Answers {@code products} and, where there are, {@code labels} as absolute paths, and {@code folder} as given. */
    @Override
    public Map<String, String> complete(Map<String, String> parameters) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> complete = new TreeMap<>();
        parameters.keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .sorted()
                .forEach(key -> problems.add(new Problem(key, "is not a parameter; known are " + KNOWN)));
        String folder = parameters.get("folder");
        Path folderPath = folder == null ? null : folder(folder, problems);
        if (folder != null && folderPath != null) {
            complete.put("folder", folderPath.toString());
        }
        boolean folderFailed = folder != null && folderPath == null;
        for (String key : List.of("products", "labels")) {
            String given = parameters.get(key);
            boolean unlabelled = key.equals("labels") && folder == null && parameters.containsKey("products");
            if (given == null && (folderFailed || unlabelled)) {
                continue;
            }
            String standard = key.equals("products") ? PRODUCTS_FILE : LABELS_FILE;
            Path file = given != null ? file(key, given, problems) : inFolder(key, folderPath, standard, problems);
            if (file != null) {
                complete.put(key, file.toString());
            }
        }
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, NAME, problems);
        }
        return complete;
    }

    private static @Nullable Path folder(String text, List<Problem> problems) {
        Path folder = path("folder", text, problems);
        if (folder != null && !Files.isDirectory(folder)) {
            problems.add(new Problem("folder", folder + (Files.exists(folder) ? " is no folder" : " does not exist")));
            return null;
        }
        return folder;
    }

    private static @Nullable Path file(String key, String text, List<Problem> problems) {
        Path file = path(key, text, problems);
        if (file == null) {
            return null;
        }
        if (!Files.isRegularFile(file)) {
            problems.add(new Problem(key, file + (Files.exists(file) ? " is no file" : " does not exist")));
            return null;
        }
        if (!Files.isReadable(file)) {
            problems.add(new Problem(key, file + " cannot be read by this server's user"));
            return null;
        }
        return file;
    }

    private static @Nullable Path inFolder(String key, @Nullable Path folder, String name, List<Problem> problems) {
        if (folder == null) {
            problems.add(new Problem(key, "is missing; give folder, or products and where there are labels"));
            return null;
        }
        for (String candidate : List.of(name, name + ".gz")) {
            if (Files.exists(folder.resolve(candidate))) {
                return file(key, folder.resolve(candidate).toString(), problems);
            }
        }
        problems.add(new Problem("folder", folder + " has neither " + name + " nor " + name + ".gz"));
        return null;
    }

    private static @Nullable Path path(String key, String text, List<Problem> problems) {
        try {
            if (text.isBlank()) {
                problems.add(new Problem(key, "is blank; must be a path on the server"));
                return null;
            }
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            problems.add(new Problem(key, "'" + text + "' is no path: " + e.getReason()));
            return null;
        }
    }

    @Override
    public void run(String step, StepContext context) {
        if (step.equals(DESCRIBE_STEP)) {
            describe(context);
            return;
        }
        Path products = Path.of(required(context, "products"));
        String labelFile = context.parameters().get("labels");
        Path labels = labelFile == null ? null : Path.of(labelFile);
        context.log("loading " + products + (labels == null ? " without labels" : " with labels " + labels));
        // The run's id makes the batch name, so that a step that is run again finds its own completed load.
        CatalogueLoad load = catalogue.load("load-" + context.runId(), products, labels, context.progress());
        Map<String, String> outcome = new TreeMap<>();
        outcome.put("load_id", Long.toString(load.id()));
        outcome.put("rows_read", Long.toString(load.rowsRead()));
        outcome.put("rows_added", Long.toString(load.rowsAdded()));
        outcome.put("rows_changed", Long.toString(load.rowsChanged()));
        outcome.put("rows_rejected", Long.toString(load.rowsRejected()));
        context.putOutcome(outcome);
        context.log(load.rowsRead() + " rows read: " + load.rowsAdded() + " added, " + load.rowsChanged() + " changed, "
                + load.rowsRejected() + " rejected");
    }

    private void describe(StepContext context) {
        context.progress().report("counting products", 0, -1);
        CatalogueStatistics statistics = views.statistics();
        context.putOutcome(Map.of(
                "products", Long.toString(statistics.products()), "labelled", Long.toString(statistics.labelled())));
        context.log("the catalogue has " + statistics.products() + " products, " + statistics.labelled()
                + " of them labelled, in " + statistics.byLabel().size() + " classes");
    }

    private static String required(StepContext context, String key) {
        String value = context.parameters().get(key);
        if (value == null) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, NAME + ": parameter " + key + " is missing");
        }
        return value;
    }
}

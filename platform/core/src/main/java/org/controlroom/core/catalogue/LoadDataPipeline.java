package org.controlroom.core.catalogue;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.controlroom.core.model.CatalogueLoad;
import org.controlroom.core.model.CataloguePortion;
import org.controlroom.core.model.CatalogueStatistics;
import org.controlroom.core.port.Catalogue;
import org.controlroom.core.port.CatalogueViews;
import org.controlroom.core.port.PipelineDefinition;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Pipeline {@code load-data}: loads a product file and its label file into the catalogue, and describes the catalogue
 * anew. Parameters: either {@code folder}, which holds both files under the challenge's names, plain or gzipped; or
 * {@code products} and, unless its products have no labels, {@code labels}. Of a folder the {@link PortionPlan} takes the
 * next portion; {@code percent} says up to where instead, {@code from_percent} and {@code seed} are what the portion
 * follows from.
 */
public final class LoadDataPipeline implements PipelineDefinition {

    public static final String NAME = "load-data";
    public static final String LOAD_STEP = "load-catalogue";
    public static final String DESCRIBE_STEP = "describe-catalogue";

    private static final String PRODUCTS_FILE = "X_train_update.csv";
    private static final String LABELS_FILE = "Y_train_CVw08PX.csv";
    private static final List<String> KNOWN = List.of(
            PortionParameters.FOLDER,
            PortionParameters.FROM_PERCENT,
            "labels",
            PortionParameters.PERCENT,
            "products",
            PortionParameters.SEED);

    private final Catalogue catalogue;
    private final CatalogueViews views;
    private final PortionPlan plan;
    private final PortionParameters portions;

    public LoadDataPipeline(Catalogue catalogue, CatalogueViews views, PortionPlan plan) {
        this.catalogue = catalogue;
        this.views = views;
        this.plan = plan;
        portions = new PortionParameters(catalogue, plan);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> steps() {
        return List.of(LOAD_STEP, DESCRIBE_STEP);
    }

    /**
     * Answers {@code products} and, where there are, {@code labels} as absolute paths, {@code folder} as given, and of a
     * portion where it begins and ends.
     */
    @Override
    public Map<String, String> complete(Map<String, String> parameters) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> complete = files(parameters, problems);
        if (problems.isEmpty()) {
            portions.complete(parameters, complete, problems);
        }
        throwAny(problems);
        return complete;
    }

    private static void throwAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.INVALID_INPUT, NAME, problems);
        }
    }

    /** Where the rows come from; {@code folder} only where the files are a folder's. */
    private Map<String, String> files(Map<String, String> parameters, List<Problem> problems) {
        Map<String, String> files = new TreeMap<>();
        parameters.keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .sorted()
                .forEach(key -> problems.add(
                        new Problem(key, Reason.of("parameter-unknown", "is not a parameter; known are {0}", KNOWN))));
        String folder = folder(parameters);
        Path folderPath = folder == null ? null : folder(folder, problems);
        if (folder != null && folderPath != null) {
            files.put(PortionParameters.FOLDER, folderPath.toString());
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
                files.put(key, file.toString());
            }
        }
        return files;
    }

    /** The folder given or, when nothing is, that of the plan. */
    private @Nullable String folder(Map<String, String> parameters) {
        boolean filesGiven = parameters.containsKey("products") || parameters.containsKey("labels");
        return parameters.containsKey(PortionParameters.FOLDER) || filesGiven
                ? parameters.get(PortionParameters.FOLDER)
                : plan.folder();
    }

    /**
     * What a load of the plan's folder would take now.
     *
     * @throws ControlRoomException NOT_FOUND when the plan has no folder; INVALID_INPUT when it lacks the files
     */
    public NextPortion next() {
        if (plan.folder() == null) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND,
                    Reason.of("folder-not-configured", "no folder is configured; controlroom.load.folder names one"));
        }
        List<Problem> problems = new ArrayList<>();
        Map<String, String> files = files(Map.of(), problems);
        throwAny(problems);
        double loaded = portions.loadedPercent(files, plan.seed());
        CataloguePortion portion = plan.isInPortions() ? plan.next(loaded) : CataloguePortion.WHOLE;
        return new NextPortion(
                Objects.requireNonNull(files.get(PortionParameters.FOLDER)),
                loaded,
                portion.fromPercent(),
                portion.toPercent());
    }

    /**
     * What comes next.
     *
     * @param folder that it comes from
     * @param loadedPercent how much of the folder is loaded, 0..100
     * @param fromPercent where the next load begins; 0 again once everything is loaded
     * @param toPercent where it ends
     */
    public record NextPortion(String folder, double loadedPercent, double fromPercent, double toPercent) {}

    private static @Nullable Path folder(String text, List<Problem> problems) {
        Path folder = path("folder", text, problems);
        if (folder != null && !Files.isDirectory(folder)) {
            problems.add(new Problem(
                    "folder",
                    Files.exists(folder)
                            ? Reason.of("folder-is-none", "{0} is no folder", folder)
                            : Reason.of("path-unknown", "{0} does not exist", folder)));
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
            problems.add(new Problem(
                    key,
                    Files.exists(file)
                            ? Reason.of("file-is-none", "{0} is no file", file)
                            : Reason.of("path-unknown", "{0} does not exist", file)));
            return null;
        }
        if (!Files.isReadable(file)) {
            problems.add(
                    new Problem(key, Reason.of("file-unreadable", "{0} cannot be read by this server's user", file)));
            return null;
        }
        return file;
    }

    private static @Nullable Path inFolder(String key, @Nullable Path folder, String name, List<Problem> problems) {
        if (folder == null) {
            problems.add(new Problem(
                    key,
                    Reason.of(
                            "load-source-missing", "is missing; give folder, or products and where there are labels")));
            return null;
        }
        for (String candidate : List.of(name, name + ".gz")) {
            if (Files.exists(folder.resolve(candidate))) {
                return file(key, folder.resolve(candidate).toString(), problems);
            }
        }
        problems.add(
                new Problem("folder", Reason.of("folder-without", "{0} has neither {1} nor {1}.gz", folder, name)));
        return null;
    }

    private static @Nullable Path path(String key, String text, List<Problem> problems) {
        try {
            if (text.isBlank()) {
                problems.add(new Problem(key, Reason.of("path-blank", "is blank; must be a path on the server")));
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
        Path labels = PortionParameters.labels(context.parameters());
        CataloguePortion portion = PortionParameters.portion(context.parameters());
        String part = portion.isWhole()
                ? ""
                : ", from " + portion.fromPercent() + " to " + portion.toPercent() + " percent of its products";
        context.log("loading " + products + (labels == null ? " without labels" : " with labels " + labels) + part);
        // The run's id makes the batch name, so that a step that is run again finds its own completed load.
        CatalogueLoad load = catalogue.load("load-" + context.runId(), products, labels, portion, context.progress());
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

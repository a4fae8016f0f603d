package org.controlroom.registry.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.RegistryNames;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Artifact files of runs, through the server. It keeps no checksums, so they stand in a file beside the artifacts, as
 * {@code sha256sum} writes and checks it. A file counts as logged once it is named there.
 */
final class MlflowArtifacts {

    /** At the root of a run's artifacts; not one of them for those who ask what there is. */
    static final String SUMS = "sha256sums.txt";

    private static final String PROXIED = "mlflow-artifacts";
    private static final int HEX = 64;

    /** Folder of a version in its run, unless its source says another. */
    private static final String USUAL_FOLDER = "model";

    private static final String LOGGED_MODEL_ID = "m-";

    /** How the source of a version begins that is such a model. */
    private static final String LOGGED_MODEL = "models:/" + LOGGED_MODEL_ID;

    private final MlflowCalls calls;
    private final MlflowHttp http;
    private final MlflowRuns runs;

    /** Of runs, where their artifacts are; that never changes. */
    private final Remembered addresses = new Remembered();

    /** Guards reading and writing of {@link #SUMS}. */
    private final Object summing = new Object();

    MlflowArtifacts(MlflowCalls calls, MlflowHttp http, MlflowRuns runs) {
        this.calls = calls;
        this.http = http;
        this.runs = runs;
    }

    void log(String runId, Path source, String target) {
        SortedMap<String, Path> files = files(source, target);
        String root = root(runId);
        SortedMap<String, String> sums = new TreeMap<>();
        files.forEach((path, file) -> sums.put(path, SafeFiles.sha256(file)));
        requireNoClash(runId, files.keySet(), sums(runId, root).keySet());
        files.forEach((path, file) -> http.put("log artifact '" + path + "'", root + '/' + path, file));
        synchronized (summing) {
            SortedMap<String, String> all = sums(runId, root);
            all.putAll(sums);
            StringBuilder text = new StringBuilder();
            all.forEach(
                    (path, sum) -> text.append(sum).append("  ").append(path).append('\n'));
            http.put("log checksums of run " + runId, root + '/' + SUMS, text.toString());
        }
    }

    private static SortedMap<String, Path> files(Path source, String target) {
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(source)) {
            for (Path each : walk.filter(path -> !Files.isDirectory(path)).toList()) {
                if (!Files.isRegularFile(each)) {
                    throw RegistryNames.invalid("artifact source " + each + " is neither a file nor a folder");
                }
                String below = source.relativize(each).toString().replace('\\', '/');
                String path = below.isEmpty() ? target : target + "/" + below;
                RegistryNames.checkPath(path);
                files.put(path, each);
            }
        } catch (IOException e) {
            throw RegistryNames.invalid("artifact source " + source + " cannot be read: " + e);
        }
        if (files.isEmpty()) {
            throw RegistryNames.invalid("artifact source " + source + " holds no files");
        }
        return files;
    }

    private static void requireNoClash(String runId, Iterable<String> fresh, Iterable<String> known) {
        for (String path : fresh) {
            for (String other : known) {
                if (path.startsWith(other + "/") || other.startsWith(path + "/")) {
                    throw new ControlRoomException(
                            ErrorCode.CONFLICT,
                            "artifact '" + path + "' of run " + runId + " cannot be beside '" + other
                                    + "': one would be a file and a folder");
                }
            }
        }
    }

    List<String> paths(String runId) {
        root(runId);
        List<String> paths = new ArrayList<>();
        list(runId, "", paths);
        paths.remove(SUMS);
        paths.sort(null);
        return paths;
    }

    boolean hasFolder(String runId, String folder) {
        root(runId);
        return !listing("run " + runId, ofRun(runId), folder).isEmpty();
    }

    void fetch(String runId, String path, Path target) {
        bring(wanted(runId, path), each -> target.resolve(each.path));
    }

    /** @param folder where the files themselves come to be */
    void fetch(Location location, Path folder) {
        bring(files(location), each -> folder.resolve(location.below(each.path)));
    }

    void verify(String runId, String path) {
        verify(wanted(runId, path));
    }

    void verify(Location location) {
        verify(files(location));
    }

    /** Where the files of a version are. */
    sealed interface Location permits OfRun, OfModel {

        /** A file's path within the folder. */
        String below(String path);
    }

    /** A folder among the artifacts of a run. */
    private record OfRun(String runId, String folder) implements Location {
        @Override
        public String below(String path) {
            return path.substring(folder.length() + 1);
        }
    }

    /** A model that MLflow 3 keeps beside the runs. */
    private record OfModel(String modelId) implements Location {
        @Override
        public String below(String path) {
            return path;
        }
    }

    /** @param source as whoever registered the version said */
    Location location(String runId, String source) {
        if (source.startsWith(LOGGED_MODEL)) {
            return new OfModel(source.substring(LOGGED_MODEL.length() - LOGGED_MODEL_ID.length()));
        }
        String below = address(runId) + "/";
        boolean own = source.startsWith(below) && source.length() > below.length();
        return new OfRun(runId, own ? source.substring(below.length()) : USUAL_FOLDER);
    }

    private List<Logged> files(Location location) {
        if (location instanceof OfRun run) {
            List<Logged> wanted = wanted(run.runId, run.folder);
            return wanted.stream()
                    .filter(each -> each.path.length() > run.folder.length())
                    .toList();
        }
        String id = ((OfModel) location).modelId;
        String owner = "logged model " + id;
        Json info = calls.ask("read " + owner, client -> Json.parse(client.sendGet("logged-models/" + encoded(id))))
                .get("model")
                .get("info");
        String root = root(owner, info.get("artifact_uri").text());
        UnaryOperator<String> listing = folder -> "logged-models/" + encoded(id) + "/artifacts/directories"
                + (folder.isEmpty() ? "" : "?artifact_directory_path=" + encoded(folder));
        List<String> paths = new ArrayList<>();
        list(owner, listing, "", paths);
        if (paths.isEmpty()) {
            throw new ControlRoomException(ErrorCode.NOT_FOUND, owner + " has no files");
        }
        paths.sort(null);
        return paths.stream()
                .map(path -> new Logged(owner, root, path, null, () -> isFile(owner, listing, path)))
                .toList();
    }

    private void verify(List<Logged> wanted) {
        AFewAtOnce.run(wanted.stream()
                .<Runnable>map(each -> () -> {
                    RegistryNames.checkPath(each.path);
                    check(each, read(each, Sha256Subscriber::new));
                })
                .toList());
    }

    private void bring(List<Logged> wanted, Function<Logged, Path> copies) {
        AFewAtOnce.run(wanted.stream()
                .<Runnable>map(each -> () -> bring(each, copies.apply(each)))
                .toList());
    }

    private void bring(Logged logged, Path copy) {
        // The server lists whatever others called their files.
        RegistryNames.checkPath(logged.path);
        try {
            Files.createDirectories(copy.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot write " + copy + ": " + e, e);
        }
        read(logged, () -> MlflowHttp.ofNewFile(copy));
        try {
            check(logged, SafeFiles.sha256(copy));
        } catch (ControlRoomException e) {
            SafeFiles.delete(copy);
            throw e;
        }
    }

    /** @param reader what becomes of its bytes; made anew for each attempt */
    private <T> T read(Logged logged, Supplier<BodySubscriber<T>> reader) {
        Optional<T> found;
        try {
            found = http.get("fetch " + logged.where(), logged.root + '/' + logged.path, reader);
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.REGISTRY_UNAVAILABLE || logged.there.getAsBoolean()) {
                throw e;
            }
            found = Optional.empty();
        }
        return found.orElseThrow(() -> new ControlRoomException(
                ErrorCode.ARTIFACT_INVALID,
                logged.where() + " is missing"
                        + (logged.sum == null ? "" : "; it was logged with SHA-256 " + logged.sum)));
    }

    private static void check(Logged logged, String actual) {
        if (logged.sum != null && !logged.sum.equals(actual)) {
            throw new ControlRoomException(
                    ErrorCode.ARTIFACT_INVALID,
                    logged.where() + " is damaged: SHA-256 " + actual + "; must be " + logged.sum);
        }
    }

    /** Those with checksums; for a run that others made, which has none, those that are there. */
    private List<Logged> wanted(String runId, String path) {
        String root = root(runId);
        List<Logged> wanted = new ArrayList<>();
        sums(runId, root).forEach((each, sum) -> {
            if (each.equals(path) || each.startsWith(path + "/")) {
                wanted.add(logged(runId, root, each, sum));
            }
        });
        if (wanted.isEmpty()) {
            List<String> there = new ArrayList<>();
            list(runId, path, there);
            if (there.isEmpty() && isFile(runId, path)) {
                there.add(path);
            }
            there.forEach(each -> wanted.add(logged(runId, root, each, null)));
        }
        if (wanted.isEmpty()) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND, Reason.of("artifact-unknown", "run {0} has no artifact '{1}'", runId, path));
        }
        return wanted;
    }

    private Logged logged(String runId, String root, String path, @Nullable String sum) {
        return new Logged("run " + runId, root, path, sum, () -> isFile(runId, path));
    }

    private boolean isFile(String runId, String path) {
        return isFile("run " + runId, ofRun(runId), path);
    }

    private boolean isFile(String owner, UnaryOperator<String> listing, String path) {
        int slash = path.lastIndexOf('/');
        return listing(owner, listing, slash < 0 ? "" : path.substring(0, slash)).stream()
                .anyMatch(each -> each.get("path").text().equals(path));
    }

    private void list(String runId, String folder, List<String> paths) {
        list("run " + runId, ofRun(runId), folder, paths);
    }

    private void list(String owner, UnaryOperator<String> listing, String folder, List<String> paths) {
        for (Json each : listing(owner, listing, folder)) {
            String path = each.get("path").text();
            if (each.get("is_dir").equals(new Json.Bool(true))) {
                list(owner, listing, path, paths);
            } else {
                paths.add(path);
            }
        }
    }

    private static UnaryOperator<String> ofRun(String runId) {
        return folder ->
                "artifacts/list?run_id=" + encoded(runId) + (folder.isEmpty() ? "" : "&path=" + encoded(folder));
    }

    /** @param listing what to ask for the content of a folder */
    private List<Json> listing(String owner, UnaryOperator<String> listing, String folder) {
        List<Json> files = new ArrayList<>();
        String token = "";
        do {
            String first = listing.apply(folder);
            String query =
                    first + (token.isEmpty() ? "" : (first.contains("?") ? "&" : "?") + "page_token=" + encoded(token));
            Json page = calls.ask("list artifacts of " + owner, client -> Json.parse(client.sendGet(query)));
            Json found = page.members().get("files");
            files.addAll(found == null ? List.of() : found.items());
            Json next = page.members().get("next_page_token");
            token = next == null ? "" : next.text();
        } while (!token.isEmpty());
        return files;
    }

    /** Path of the run's artifacts on the server. */
    private String root(String runId) {
        return root("run " + runId, address(runId));
    }

    private static String root(String owner, String address) {
        URI uri = URI.create(address);
        if (!PROXIED.equals(uri.getScheme())) {
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED,
                    owner + " keeps its artifacts at " + address
                            + ", which MLflow does not pass on; start it with --serve-artifacts and"
                            + " --artifacts-destination, and use an experiment made after that");
        }
        String path = uri.getPath();
        return path.startsWith("/") ? path.substring(1) : path;
    }

    /** Address of the run's artifacts as MLflow has it. */
    String address(String runId) {
        return addresses.get(runId, () -> runs.bare(runId).getInfo().getArtifactUri());
    }

    private SortedMap<String, String> sums(String runId, String root) {
        SortedMap<String, String> sums = new TreeMap<>();
        // Looked for first: with S3 storage MLflow answers 500 for a file that is not there.
        if (!isFile(runId, SUMS)) {
            return sums;
        }
        http.text("read checksums", root + '/' + SUMS)
                .ifPresent(text -> text.lines()
                        .filter(line -> line.length() > HEX + 2)
                        .forEach(line -> sums.put(line.substring(HEX + 2), line.substring(0, HEX))));
        return sums;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * A file to fetch.
     *
     * @param owner of it, for people
     * @param root path on the server, below which {@code path} is
     * @param sum null when nobody wrote it down
     * @param there looks whether the server has the file
     */
    private record Logged(
            String owner,
            String root,
            String path,
            @Nullable String sum,
            BooleanSupplier there) {

        /** For people. */
        String where() {
            return "artifact '" + path + "' of " + owner;
        }
    }
}

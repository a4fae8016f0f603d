package org.controlroom.registry.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.RegistryNames;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
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

    private final MlflowCalls calls;
    private final MlflowHttp http;
    private final MlflowRuns runs;

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
        return !listing(runId, folder).isEmpty();
    }

    void fetch(String runId, String path, Path target) {
        for (Logged each : wanted(runId, path)) {
            Path copy = target.resolve(each.path);
            try {
                Files.createDirectories(copy.toAbsolutePath().getParent());
            } catch (IOException e) {
                throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot write below " + target + ": " + e, e);
            }
            bring(runId, each, copy);
        }
    }

    void verify(String runId, String path) {
        Path folder;
        try {
            folder = Files.createTempDirectory("mlflow-verify");
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot make a temporary folder: " + e, e);
        }
        try {
            for (Logged each : wanted(runId, path)) {
                bring(runId, each, folder.resolve("file"));
            }
        } finally {
            SafeFiles.delete(folder);
        }
    }

    private void bring(String runId, Logged logged, Path copy) {
        String where = "artifact '" + logged.path + "' of run " + runId;
        boolean found;
        try {
            found = http.get("fetch " + where, logged.root + '/' + logged.path, copy);
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.REGISTRY_UNAVAILABLE || isFile(runId, logged.path)) {
                throw e;
            }
            found = false;
        }
        if (!found) {
            throw new ControlRoomException(
                    ErrorCode.ARTIFACT_INVALID,
                    where + " is missing" + (logged.sum == null ? "" : "; it was logged with SHA-256 " + logged.sum));
        }
        String actual = SafeFiles.sha256(copy);
        if (logged.sum != null && !logged.sum.equals(actual)) {
            SafeFiles.delete(copy);
            throw new ControlRoomException(
                    ErrorCode.ARTIFACT_INVALID, where + " is damaged: SHA-256 " + actual + "; must be " + logged.sum);
        }
    }

    /** Those with checksums; for a run that others made, which has none, those that are there. */
    private List<Logged> wanted(String runId, String path) {
        String root = root(runId);
        List<Logged> wanted = new ArrayList<>();
        sums(runId, root).forEach((each, sum) -> {
            if (each.equals(path) || each.startsWith(path + "/")) {
                wanted.add(new Logged(root, each, sum));
            }
        });
        if (wanted.isEmpty()) {
            List<String> there = new ArrayList<>();
            list(runId, path, there);
            if (there.isEmpty() && isFile(runId, path)) {
                there.add(path);
            }
            there.forEach(each -> wanted.add(new Logged(root, each, null)));
        }
        if (wanted.isEmpty()) {
            throw new ControlRoomException(ErrorCode.NOT_FOUND, "run " + runId + " has no artifact '" + path + "'");
        }
        return wanted;
    }

    private boolean isFile(String runId, String path) {
        int slash = path.lastIndexOf('/');
        return listing(runId, slash < 0 ? "" : path.substring(0, slash)).stream()
                .anyMatch(each -> each.get("path").text().equals(path));
    }

    private void list(String runId, String folder, List<String> paths) {
        for (Json each : listing(runId, folder)) {
            String path = each.get("path").text();
            if (each.get("is_dir").equals(new Json.Bool(true))) {
                list(runId, path, paths);
            } else {
                paths.add(path);
            }
        }
    }

    private List<Json> listing(String runId, String folder) {
        List<Json> files = new ArrayList<>();
        String token = "";
        do {
            String query = "artifacts/list?run_id=" + encoded(runId)
                    + (folder.isEmpty() ? "" : "&path=" + encoded(folder))
                    + (token.isEmpty() ? "" : "&page_token=" + encoded(token));
            Json page = calls.ask("list artifacts of run " + runId, client -> Json.parse(client.sendGet(query)));
            Json found = page.members().get("files");
            files.addAll(found == null ? List.of() : found.items());
            Json next = page.members().get("next_page_token");
            token = next == null ? "" : next.text();
        } while (!token.isEmpty());
        return files;
    }

    /** Path of the run's artifacts on the server. */
    private String root(String runId) {
        String address = address(runId);
        URI uri = URI.create(address);
        if (!PROXIED.equals(uri.getScheme())) {
            throw new ControlRoomException(
                    ErrorCode.STORAGE_FAILED,
                    "run " + runId + " keeps its artifacts at " + address
                            + ", which MLflow does not pass on; start it with --serve-artifacts and"
                            + " --artifacts-destination, and use an experiment made after that");
        }
        String path = uri.getPath();
        return path.startsWith("/") ? path.substring(1) : path;
    }

    /** Address of the run's artifacts as MLflow has it. */
    String address(String runId) {
        return runs.bare(runId).getInfo().getArtifactUri();
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

    private record Logged(
            String root, String path, @Nullable String sum) {}
}

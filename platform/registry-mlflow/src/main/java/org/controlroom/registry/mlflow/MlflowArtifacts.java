package org.controlroom.registry.mlflow;

import static org.controlroom.registry.mlflow.MlflowModels.encoded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.model.ModelPlace;
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

    private static final int HEX = 64;

    /** How the source of a version begins that is a folder of this run, besides the address of its artifacts. */
    private static final String IN_RUN = "runs:/";

    private final MlflowCalls calls;
    private final MlflowHttp http;
    private final MlflowRuns runs;
    private final LoggedModels models;
    private final StoredFiles files;

    /** Of runs, where their artifacts are; that never changes. */
    private final Remembered addresses = new Remembered();

    /** Guards reading and writing of {@link #SUMS}. */
    private final Object summing = new Object();

    MlflowArtifacts(MlflowCalls calls, MlflowHttp http, MlflowRuns runs, LoggedModels models) {
        this.calls = calls;
        this.http = http;
        this.runs = runs;
        this.models = models;
        files = new StoredFiles(http);
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
        TreeSet<String> paths = new TreeSet<>();
        if (!LoggedModels.isId(runId)) {
            root(runId);
            List<String> own = new ArrayList<>();
            listing(runId).addAll("", own);
            own.remove(SUMS);
            paths.addAll(own);
        }
        ofModels(runId).forEach(each -> paths.add(each.path()));
        return List.copyOf(paths);
    }

    boolean hasFolder(String runId, String folder) {
        root(runId);
        return !listing(runId).folder(folder).isEmpty();
    }

    void fetch(String runId, String path, Path target) {
        files.bring(wanted(runId, path), target);
    }

    void verify(String runId, String path) {
        files.verify(wanted(runId, path));
    }

    /** @param source as whoever registered the version said */
    ModelPlace place(String runId, String source) {
        if (LoggedModels.isSource(source)) {
            String id = LoggedModels.idOf(source);
            return new ModelPlace(runId.isEmpty() ? id : runId, LoggedModels.folder(id));
        }
        if (runId.isEmpty()) {
            return new ModelPlace("", ModelPlace.USUAL_FOLDER);
        }
        return new ModelPlace(
                runId,
                below(IN_RUN + runId, source)
                        .or(() -> below(address(runId), source))
                        .orElse(ModelPlace.USUAL_FOLDER));
    }

    private static Optional<String> below(String folder, String source) {
        boolean below = source.startsWith(folder + "/") && source.length() > folder.length() + 1;
        return below ? Optional.of(source.substring(folder.length() + 1)) : Optional.empty();
    }

    /** Those of the run; what it has of its own goes before the logged models of the server. */
    private List<StoredFile> wanted(String runId, String path) {
        List<StoredFile> wanted = new ArrayList<>();
        if (!LoggedModels.isId(runId)) {
            addOwn(runId, path, wanted);
        }
        Optional<String> model = LoggedModels.idIn(path);
        if (model.isEmpty() && path.equals(LoggedModels.FOLDER)) {
            Set<String> own = wanted.stream().map(StoredFile::path).collect(Collectors.toSet());
            ofModels(runId).stream().filter(each -> !own.contains(each.path())).forEach(wanted::add);
        } else if (model.isPresent() && wanted.isEmpty()) {
            models.filesIfThere(model.get()).stream()
                    .filter(each -> isIn(path, each.path()))
                    .forEach(wanted::add);
        }
        if (wanted.isEmpty()) {
            throw new ControlRoomException(
                    ErrorCode.NOT_FOUND, Reason.of("artifact-unknown", "run {0} has no artifact '{1}'", runId, path));
        }
        return wanted;
    }

    /** Those with checksums; for a run that others made, which has none, those that are there. */
    private void addOwn(String runId, String path, List<StoredFile> wanted) {
        String root = root(runId);
        sums(runId, root).forEach((each, sum) -> {
            if (isIn(path, each)) {
                wanted.add(file(runId, root, each, sum));
            }
        });
        if (wanted.isEmpty()) {
            ArtifactListing listing = listing(runId);
            List<String> there = new ArrayList<>();
            listing.addAll(path, there);
            if (there.isEmpty() && listing.hasFile(path)) {
                there.add(path);
            }
            there.forEach(each -> wanted.add(file(runId, root, each, null)));
        }
    }

    private static boolean isIn(String path, String file) {
        return file.equals(path) || file.startsWith(path + "/");
    }

    private List<StoredFile> ofModels(String runId) {
        List<String> ids = LoggedModels.isId(runId)
                ? List.of(runId)
                : models.ofRun(runs.bare(runId).getInfo().getExperimentId(), runId);
        return ids.stream().flatMap(id -> models.files(id).stream()).toList();
    }

    private StoredFile file(String runId, String root, String path, @Nullable String sum) {
        ArtifactListing listing = listing(runId);
        return new StoredFile("run " + runId, path, root + '/' + path, sum, () -> listing.hasFile(path), null);
    }

    private ArtifactListing listing(String runId) {
        return new ArtifactListing(
                calls,
                "run " + runId,
                folder -> "artifacts/list?run_id=" + encoded(runId)
                        + (folder.isEmpty() ? "" : "&path=" + encoded(folder)));
    }

    /** Path of the run's artifacts on the server. */
    private String root(String runId) {
        return StoredFile.root("run " + runId, address(runId));
    }

    /** Address of the run's artifacts as MLflow has it. */
    String address(String runId) {
        return addresses.get(runId, () -> runs.bare(runId).getInfo().getArtifactUri());
    }

    private SortedMap<String, String> sums(String runId, String root) {
        SortedMap<String, String> sums = new TreeMap<>();
        // Looked for first: with S3 storage MLflow answers 500 for a file that is not there.
        if (!listing(runId).hasFile(SUMS)) {
            return sums;
        }
        http.text("read checksums", root + '/' + SUMS)
                .ifPresent(text -> text.lines()
                        .filter(line -> line.length() > HEX + 2)
                        .forEach(line -> sums.put(line.substring(HEX + 2), line.substring(0, HEX))));
        return sums;
    }
}

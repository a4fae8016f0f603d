package org.controlroom.core.promote;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.PluginUse;
import org.controlroom.core.artifact.SafeFiles;
import org.controlroom.core.json.Json;
import org.controlroom.core.model.ModelVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.model.Stage;
import org.controlroom.core.port.ModelRegistry;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;

/**
 * Which plugins the registered model versions need. Versions say it by a tag, so that the list of versions is enough; of
 * those without one the manifest is fetched, once, because a version never changes. Thread-safe.
 */
public final class ModelNeeds {

    /** Tag of a version: the plugins that it needs as a JSON list, as in its manifest but without their settings. */
    public static final String PLUGINS_TAG = "artifact.plugins";

    private static final System.Logger LOG = System.getLogger(ModelNeeds.class.getName());
    private static final int PAGE = 500;

    private final ModelRegistry registry;
    private final Path work;
    private final Map<String, List<PluginUse>> known = new ConcurrentHashMap<>(); // by run id

    /** @param work folder for files that are deleted again */
    public ModelNeeds(ModelRegistry registry, Path work) {
        this.registry = registry;
        this.work = work;
    }

    /**
     * Needs of all registered versions, newest version first; a version whose manifest is damaged needs nothing, for it
     * cannot be loaded.
     *
     * @throws ControlRoomException REGISTRY_UNAVAILABLE
     */
    public List<Need> needs() {
        List<Need> needs = new ArrayList<>();
        SortedMap<String, String> all = new TreeMap<>();
        String cursor = null;
        do {
            Page<ModelVersion> page = registry.versions(new PageRequest(all, null, cursor, PAGE));
            for (ModelVersion version : page.items()) {
                for (PluginUse use : plugins(version)) {
                    needs.add(new Need(version.name(), version.version(), version.stage(), use));
                }
            }
            cursor = page.next();
        } while (cursor != null);
        return needs;
    }

    /** The value of {@link #PLUGINS_TAG} of a version with this manifest. */
    public static String tag(Manifest manifest) {
        return new Json.Arr(manifest.plugins().stream()
                        .map(plugin -> new PluginUse(
                                        plugin.id(), plugin.bundle(), plugin.version(), plugin.range(), new TreeMap<>())
                                .json())
                        .toList())
                .write();
    }

    private List<PluginUse> plugins(ModelVersion version) {
        String tag = version.tags().get(PLUGINS_TAG);
        if (tag == null) {
            return ofManifest(version);
        }
        try {
            return Json.parse(tag).items().stream().map(PluginUse::of).toList();
        } catch (ControlRoomException e) {
            return ofManifest(version); // somebody wrote something else there
        }
    }

    private synchronized List<PluginUse> ofManifest(ModelVersion version) {
        if (version.runId().isEmpty()) {
            return List.of(); // registered elsewhere without a run, so without a manifest
        }
        List<PluginUse> seen = known.get(version.runId());
        if (seen != null) {
            return seen;
        }
        Path target = work.resolve("manifest-" + version.runId());
        try {
            SafeFiles.delete(target);
            Path file = registry.fetchArtifact(version.runId(), "model/" + ModelFolder.MANIFEST, target);
            Manifest manifest = ModelFolder.readUnchecked(Objects.requireNonNull(file.getParent()));
            seen = manifest.plugins();
        } catch (ControlRoomException e) {
            if (e.code() != ErrorCode.ARTIFACT_INVALID && e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "model " + version.name() + " " + version.version() + ": " + e.getMessage());
            seen = List.of();
        } finally {
            SafeFiles.delete(target);
        }
        known.put(version.runId(), seen);
        return seen;
    }

    /**
     * One plugin that one model version needs.
     *
     * @param model registered model
     * @param version of the model
     * @param stage of the version
     * @param plugin with the range of versions that can load it
     */
    public record Need(String model, String version, Stage stage, PluginUse plugin) {}
}

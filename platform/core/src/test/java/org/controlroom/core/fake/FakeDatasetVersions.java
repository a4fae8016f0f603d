package org.controlroom.core.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.model.DatasetSides;
import org.controlroom.core.model.DatasetVersion;
import org.controlroom.core.model.Page;
import org.controlroom.core.model.PageRequest;
import org.controlroom.core.port.DatasetVersions;
import org.jspecify.annotations.Nullable;

/** Versions and sides in memory. */
public final class FakeDatasetVersions implements DatasetVersions {

    public final List<DatasetVersion> versions = new ArrayList<>();
    public final Map<String, SortedMap<Long, Boolean>> sides = new TreeMap<>();
    private final Map<String, String> runs = new TreeMap<>();

    @Override
    public DatasetSides sides(String split) {
        SortedMap<Long, Boolean> all = sides.getOrDefault(split, new TreeMap<>());
        boolean[] test = new boolean[all.size()];
        int at = 0;
        for (boolean one : all.values()) {
            test[at++] = one;
        }
        return new DatasetSides(all.keySet().stream().mapToLong(Long::longValue).toArray(), test);
    }

    @Override
    public void save(DatasetVersion version, String split, DatasetSides added) {
        if (versions.stream().noneMatch(other -> other.id().equals(version.id()))) {
            versions.add(version);
        }
        SortedMap<Long, Boolean> all = sides.computeIfAbsent(split, name -> new TreeMap<>());
        for (int i = 0; i < added.size(); i++) {
            all.putIfAbsent(added.id(i), added.isTest(i));
        }
    }

    @Override
    public void logged(String id, String registryRun) {
        runs.put(id, registryRun);
    }

    public @Nullable String run(String id) {
        return runs.get(id);
    }

    @Override
    public Optional<DatasetVersion> find(String id) {
        return versions.stream().filter(version -> version.id().equals(id)).findFirst();
    }

    @Override
    public Page<DatasetVersion> list(PageRequest request) {
        return new Page<>(versions, null);
    }
}

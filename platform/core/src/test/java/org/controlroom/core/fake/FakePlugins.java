package org.controlroom.core.fake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.controlroom.core.model.KeptPlugin;
import org.controlroom.core.model.PluginCalls;
import org.controlroom.core.model.PluginCheck;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.port.Plugins;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Settings;

/** Services by id and version {@code MAJOR.MINOR.MICRO} of one digit each, with counted leases. */
public final class FakePlugins implements Plugins {

    private final Map<String, ConcurrentSkipListMap<String, Object>> services = new ConcurrentHashMap<>();
    private final Map<String, SortedMap<String, String>> defaults = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();

    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> errors = new ConcurrentHashMap<>();

    /** Counted calls of the version. */
    public int calls(String id, String version) {
        return calls.getOrDefault(id + version, new AtomicInteger()).get();
    }

    /** Counted calls of the version that threw. */
    public int errors(String id, String version) {
        return errors.getOrDefault(id + version, new AtomicInteger()).get();
    }

    public FakePlugins with(String id, String version, Object service) {
        services.computeIfAbsent(id, x -> new ConcurrentSkipListMap<>()).put(version, service);
        return this;
    }

    /** Known settings of the plugin; without this it has none. */
    public FakePlugins withDefaults(String id, Map<String, String> settings) {
        defaults.put(id, new TreeMap<>(settings));
        return this;
    }

    public void without(String id, String version) {
        services.get(id).remove(version);
    }

    /** Leases that are open on the version. */
    public int openLeases(String id, String version) {
        return open.computeIfAbsent(id + version, x -> new AtomicInteger()).get();
    }

    public int openLeases() {
        return open.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    @Override
    public <T> Lease<T> lease(Class<T> type, String id, String versionRange) {
        var versions = services.getOrDefault(id, new ConcurrentSkipListMap<>());
        for (String version : versions.descendingKeySet()) {
            Object service = versions.get(version);
            if (service != null && inRange(version, versionRange) && type.isInstance(service)) {
                AtomicInteger count = open.computeIfAbsent(id + version, x -> new AtomicInteger());
                count.incrementAndGet();
                return new FakeLease<>(type.cast(service), id, version, count, new AtomicBoolean(), calls, errors);
            }
        }
        throw new ControlRoomException(
                ErrorCode.PLUGIN_MISSING, id + " " + versionRange + "; installed are " + versions.keySet());
    }

    private static boolean inRange(String version, String range) {
        if (range.equals("0")) {
            return true;
        }
        String[] ends = range.substring(1, range.length() - 1).split(",");
        int upper = version.compareTo(ends[1]);
        return version.compareTo(ends[0]) >= 0 && (range.endsWith("]") ? upper <= 0 : upper < 0);
    }

    private record FakeLease<T>(
            T service,
            String pluginId,
            String version,
            AtomicInteger count,
            AtomicBoolean closed,
            Map<String, AtomicInteger> calls,
            Map<String, AtomicInteger> errors)
            implements Lease<T> {
        @Override
        public void count(boolean succeeded) {
            calls.computeIfAbsent(pluginId + version, x -> new AtomicInteger()).incrementAndGet();
            if (!succeeded) {
                errors.computeIfAbsent(pluginId + version, x -> new AtomicInteger())
                        .incrementAndGet();
            }
        }

        @Override
        public String bundle() {
            return "org.controlroom.test." + pluginId;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                count.decrementAndGet();
            }
        }
    }

    @Override
    public Settings completeSettings(String id, Map<String, String> given) {
        SortedMap<String, String> complete = new TreeMap<>(defaults.getOrDefault(id, new TreeMap<>()));
        List<Problem> problems = given.keySet().stream()
                .filter(key -> !complete.containsKey(key))
                .map(key -> new Problem(key, "is not a setting"))
                .toList();
        if (!problems.isEmpty()) {
            throw new ControlRoomException(ErrorCode.SETTINGS_INVALID, id, problems);
        }
        complete.putAll(given);
        return Settings.of(complete);
    }

    @Override
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /** As the real host does it: the new version beside the old one, users move, the old one goes. */
    public void updateBlueGreen(String id, String oldVersion, String newVersion, Object service) {
        with(id, newVersion, service);
        try {
            listeners.forEach(listener -> listener.replaced(id, oldVersion, newVersion));
        } catch (RuntimeException e) {
            without(id, newVersion);
            throw e;
        }
        without(id, oldVersion);
    }

    /** As the real host does it: users leave, the versions change places, users come back, or all of it backwards. */
    public void updateInPlace(String id, String oldVersion, String newVersion, Object service) {
        Object old = services.get(id).get(oldVersion);
        listeners.forEach(listener -> listener.suspend(id, oldVersion));
        if (openLeases(id, oldVersion) != 0) {
            throw new AssertionError("leases are open on " + id + " " + oldVersion);
        }
        without(id, oldVersion);
        with(id, newVersion, service);
        try {
            listeners.forEach(listener -> listener.resume(id));
        } catch (RuntimeException e) {
            listeners.forEach(listener -> listener.suspend(id, newVersion));
            without(id, newVersion);
            with(id, oldVersion, old);
            listeners.forEach(listener -> listener.resume(id));
            throw e;
        }
    }

    public List<String> modelsOn(String id, String version) {
        return listeners.stream()
                .flatMap(listener -> listener.modelsOn(id, version).stream())
                .toList();
    }

    @Override
    public List<PluginState> list() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void configure(String id, Map<String, String> settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> storedSettings(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginCheck check(Path jar) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<KeptPlugin> kept() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginState restore(String id, String version, UpdateMode mode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PluginCalls> calls() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginState install(Path jar) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginState update(String id, Path jar, UpdateMode mode) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginState start(String id, String version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PluginState stop(String id, String version) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String id, String version) {
        throw new UnsupportedOperationException();
    }
}

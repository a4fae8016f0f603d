package org.controlroom.pluginhost;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.port.Plugins.UpdateMode;

/** A process of its own that updates a plugin and dies in the middle: the class {@link KilledHostTest} starts. */
final class UpdatingProcess {

    /** Exit status of a process that halted itself where it was told to. */
    static final int HALTED = 77;

    private UpdatingProcess() {}

    /**
     * Arguments: storage folder, update mode, where to halt (a callback of the listener, or {@code never}), jars to
     * update to, one after another. The plugin itself halts in the callback that the property {@code test.halt} names.
     * Prints each version when its update is done.
     */
    public static void main(String[] arguments) throws Exception {
        UpdateMode mode = UpdateMode.valueOf(arguments[1]);
        FelixPluginHost host = FelixPluginHost.open(PluginHostOptions.of(Path.of(arguments[0]), null));
        host.addListener(new Halting(arguments[2]));
        for (String jar : List.of(arguments).subList(3, arguments.length)) {
            System.out.println(
                    host.update("classifier-killed", Path.of(jar), mode).version());
            System.out.flush();
        }
        // an update that was not interrupted must not look like one that was
        Files.createFile(Path.of(arguments[0]).resolve("survived"));
        Runtime.getRuntime().halt(0);
    }

    private record Halting(String where) implements Plugins.Listener {

        private void at(String callback) {
            if (callback.equals(where)) {
                Runtime.getRuntime().halt(HALTED);
            }
        }

        @Override
        public List<String> modelsOn(String pluginId, String version) {
            return List.of();
        }

        @Override
        public void replaced(String pluginId, String oldVersion, String newVersion) {
            at("replaced");
        }

        @Override
        public void suspend(String pluginId, String version) {
            at("suspend");
        }

        @Override
        public void resume(String pluginId) {
            at("resume");
        }
    }
}

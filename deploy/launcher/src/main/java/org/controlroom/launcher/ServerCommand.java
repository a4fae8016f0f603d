package org.controlroom.launcher;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.controlroom.launcher.JavaInstallations.Java;

/** The command line of the server. */
final class ServerCommand {
    private static final int HTTP_THREADS_MAX = 1_024;

    private ServerCommand() {}

    /** The server's root folder, filled for this configuration. */
    static ServerRoot root(Options options, Configuration configuration, StateFolder state, Java java)
            throws IOException {
        // Where the pages ask the API: a listener with threads of its own, because a page waits in its thread for the
        // answers, and with all threads of one pool waiting none would be left to give them.
        int pagesPort = freeLoopbackPort();
        Map<String, String> slots = Map.of(
                "http.address",
                address(configuration),
                "http.threads",
                String.valueOf(configuration.number("controlroom.http.threads", 2, HTTP_THREADS_MAX)),
                "pages.port",
                String.valueOf(pagesPort),
                "jobs.pool",
                JobsPool.commands(options.home(), configuration));
        Map<String, String> properties = new TreeMap<>(configuration.forServer());
        properties.put("controlroom.data.dir", state.folder().toString());
        properties.put(
                "controlroom.plugins.dir", options.home().resolve("plugins").toString());
        properties.put("controlroom.api.url", "http://127.0.0.1:" + pagesPort);
        return ServerRoot.fresh(options.home(), state.serverRoot(), slots, properties, !startsFromOutside(java));
    }

    /**
     * Whether the server may start from jars outside its folder, which a start-up cache needs because it knows them by
     * their path. Before Java 25 Payara does not find all of its services then, and gives up.
     */
    private static boolean startsFromOutside(Java java) {
        return StartupCache.isFor(java);
    }

    static int freeLoopbackPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static String address(Configuration configuration) {
        return configuration.get("controlroom.http.address");
    }

    /** @param cacheFlags to use a start-up cache or to make one */
    static List<String> of(
            Options options,
            Configuration configuration,
            Java java,
            int heapMb,
            List<String> cacheFlags,
            ServerRoot root,
            int port)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.program().toString());
        command.addAll(cacheFlags);
        command.add("-Xmx" + heapMb + "m");
        String jvmOptions = configuration.get("controlroom.jvm.options");
        if (!jvmOptions.isEmpty()) {
            command.addAll(Arrays.asList(jvmOptions.split("\\s+")));
        }
        // the texts are UTF-8 whatever the locale of the machine is
        command.addAll(List.of("-Dfile.encoding=UTF-8", "-Djava.awt.headless=true"));
        Path boot = startsFromOutside(java)
                ? options.home().resolve("server").resolve(ServerRoot.BOOT_JAR)
                : root.bootJar();
        command.addAll(moduleFlags(boot));
        command.add("-Dfish.payara.micro.BootJar=" + boot.toUri());
        command.add("-Dfish.payara.micro.UnpackDir=" + root.folder());
        // not with -jar: that takes the folder of the jar for the root, and a start-up cache knows the jar by its path
        String classPath =
                boot + File.pathSeparator + options.home().resolve("lib").resolve("postgresql.jar");
        command.addAll(List.of("-cp", classPath, "fish.payara.micro.impl.PayaraMicroImpl"));
        command.addAll(List.of("--rootdir", root.folder().toString()));
        command.addAll(List.of("--nohazelcast", "--disablephonehome", "--port", String.valueOf(port)));
        command.addAll(List.of("--logproperties", root.logging().toString()));
        command.addAll(List.of("--prebootcommandfile", root.preboot().toString()));
        command.addAll(List.of("--postbootcommandfile", root.postboot().toString()));
        command.addAll(List.of("--systemproperties", root.properties().toString()));
        Path home = options.home();
        command.addAll(List.of("--deploy", home.resolve("api.war") + ":/"));
        command.addAll(List.of("--deploy", home.resolve("ui.war") + ":/ui"));
        String serverOptions = configuration.get("controlroom.server.options");
        if (!serverOptions.isEmpty()) {
            command.addAll(Arrays.asList(serverOptions.split("\\s+")));
        }
        return command;
    }

    /** What the jar's manifest opens and exports, which counts only for {@code java -jar}. */
    private static List<String> moduleFlags(Path boot) throws IOException {
        List<String> flags = new ArrayList<>();
        try (JarFile jar = new JarFile(boot.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            for (String kind : List.of("Exports", "Opens")) {
                String packages = manifest.getValue("Add-" + kind);
                for (String one : packages == null
                        ? List.<String>of()
                        : List.of(packages.strip().split("\\s+"))) {
                    flags.add("--add-" + kind.toLowerCase(Locale.ROOT) + "=" + one + "=ALL-UNNAMED");
                }
            }
        }
        return flags;
    }
}

package org.controlroom.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Sends a folder with an ONNX model to the server, which registers it; installs the plugins for it first. */
final class ImportedModel {
    private static final List<String> PLUGINS = List.of("lib-onnxruntime", "classifier-onnx");
    private static final int CREATED = 201;
    private static final int NOT_FOUND = 404;

    private final Api api;
    private final Terminal terminal;
    private final Path home;

    ImportedModel(Api api, Terminal terminal, Path home) {
        this.api = api;
        this.terminal = terminal;
        this.home = home;
    }

    /** @throws LaunchException when there is no model or the server does not take it */
    void send(Map<String, String> environment) throws IOException {
        String folder = environment.getOrDefault("MODEL", "").strip();
        if (folder.isEmpty() || !Files.isRegularFile(Path.of(folder).resolve("model.onnx"))) {
            throw new LaunchException(
                    folder.isEmpty() ? "MODEL is not given" : folder + " has no model.onnx",
                    "Give the folder of a model, as docs/python.md describes it: make import-model MODEL=folder");
        }
        Path model = Path.of(folder).toAbsolutePath().normalize();
        for (String plugin : PLUGINS) {
            installIfMissing(plugin);
        }
        Path zip = Files.createTempFile("control-room-model-", ".zip");
        try {
            pack(model, zip);
            String source = URLEncoder.encode(Objects.toString(model.getFileName(), "/"), StandardCharsets.UTF_8);
            Api.Answer answer =
                    api.postFile("/api/v1/models/rakuten_classifier/versions?source=" + source, zip, "application/zip");
            if (answer.status() != CREATED) {
                throw new LaunchException(
                        "the model is not registered: " + answer.problem(), "Change it and try again.");
            }
            String version = Json.textAt(answer.json(), "version");
            terminal.say("Registered as rakuten_classifier " + version + ". To let it answer: curl -X POST "
                    + api.address("/api/v1/models/rakuten_classifier/versions/" + version + "/promote")
                    + " -H 'Content-Type: application/json' -d '{\"reason\":\"made in Python\"}'");
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    private void installIfMissing(String plugin) {
        Api.Answer known = api.get("/api/v1/plugins/" + plugin);
        if (known.status() != NOT_FOUND) {
            return;
        }
        Path jar = home.resolve("optional-plugins").resolve(plugin + ".jar");
        Api.Answer answer = api.postFile("/api/v1/plugins", jar, "application/java-archive");
        if (answer.status() != CREATED) {
            throw new LaunchException(
                    "plugin " + plugin + " is not installed: " + answer.problem(), "Install " + jar + ".");
        }
        terminal.say("Installed the plugin " + plugin);
    }

    /** Without compression: weights do not shrink, and the server is on this machine. */
    private static void pack(Path folder, Path zip) throws IOException {
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file);
                Stream<Path> files = Files.list(folder)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(each.getFileName().toString()));
                Files.copy(each, out);
                out.closeEntry();
            }
        }
    }
}

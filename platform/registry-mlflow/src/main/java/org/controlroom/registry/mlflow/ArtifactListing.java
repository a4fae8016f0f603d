package org.controlroom.registry.mlflow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.controlroom.core.json.Json;

/**
 * Asks the server for the files of something that has artifacts.
 *
 * @param owner of the files, for people
 * @param route what to ask for the content of a folder; empty for the root
 */
record ArtifactListing(MlflowCalls calls, String owner, UnaryOperator<String> route) {

    /** Adds the paths of all files below a folder. */
    void addAll(String folder, List<String> paths) {
        for (Json each : folder(folder)) {
            String path = each.get("path").text();
            if (each.get("is_dir").equals(new Json.Bool(true))) {
                addAll(path, paths);
            } else {
                paths.add(path);
            }
        }
    }

    /** Whether there is a file with this path. */
    boolean hasFile(String path) {
        int slash = path.lastIndexOf('/');
        return folder(slash < 0 ? "" : path.substring(0, slash)).stream()
                .anyMatch(each -> each.get("path").text().equals(path));
    }

    /** What is in a folder, as the server says it. */
    List<Json> folder(String folder) {
        List<Json> files = new ArrayList<>();
        String token = "";
        do {
            String first = route.apply(folder);
            String query = first
                    + (token.isEmpty()
                            ? ""
                            : (first.contains("?") ? "&" : "?") + "page_token=" + MlflowModels.encoded(token));
            Json page = calls.ask("list artifacts of " + owner, client -> Json.parse(client.sendGet(query)));
            Json found = page.members().get("files");
            files.addAll(found == null ? List.of() : found.items());
            Json next = page.members().get("next_page_token");
            token = next == null ? "" : next.text();
        } while (!token.isEmpty());
        return files;
    }
}

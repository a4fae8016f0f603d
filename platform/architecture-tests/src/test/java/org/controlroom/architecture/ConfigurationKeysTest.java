package org.controlroom.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.controlroom.configuration.KnownKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationKeysTest {

    @TempDir
    Path folder;

    @Test
    void everyKeyThatTheCodeReadsIsKnownAndEveryKnownOneIsRead() {
        Path root = SourceModule.root();

        assertThat(KnownKeys.all())
                .as("the keys of org.controlroom.configuration.KnownKeys against those in the sources")
                .isEqualTo(ConfigurationKeys.used(root, SourceModule.all(root)));
    }

    @Test
    void everyKeyIsListedWithDefaultAndMeaning() {
        Path root = SourceModule.root();
        String readme = ConfigurationKeys.read(root.resolve("deploy/runtime/README.md"));

        assertThat(ConfigurationKeys.documented(readme))
                .as("rows of the tables in deploy/runtime/README.md against the known keys")
                .isEqualTo(KnownKeys.all());
    }

    @Test
    void keysAreFoundInSourcesDescriptorsAndDefaults() throws Exception {
        write("deploy/runtime/src/main/conf/control-room.properties", "# controlroom.comment=1\ncontrolroom.a=1\n");
        write(
                "m/src/main/java/M.java",
                "get(\"controlroom.b-c.d\"); lock(\"controlroom.lock\"); say(\"controlroom.x is\");");
        write("m/src/main/webapp/WEB-INF/web.xml", "<url>${MPCONFIG=controlroom.e.f:sa}</url>");

        assertThat(ConfigurationKeys.used(folder, List.of(new SourceModule(folder.resolve("m")))))
                .containsExactly("controlroom.a", "controlroom.b-c.d", "controlroom.e.f");
    }

    @Test
    void aKeyIsDocumentedByARowWithDefaultAndMeaningOnly() {
        assertThat(ConfigurationKeys.documented("""
                `controlroom.mentioned` is mentioned
                | `controlroom.full` | `1` | how many |
                | `controlroom.half` | `1` |
                """)).containsExactly("controlroom.full");
    }

    private void write(String file, String text) throws Exception {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}

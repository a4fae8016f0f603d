package org.controlroom.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.controlroom.core.model.PluginState;
import org.controlroom.core.port.Plugins;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class FelixPluginHostTest {

    private static final String ID = "classifier-test";

    @TempDir
    static Path shared;

    private static Path jar1;

    @TempDir
    Path folder;

    private FelixPluginHost host;

    @BeforeEach
    void open() {
        if (jar1 == null) {
            jar1 = TestBundle.classifier("org.test." + ID, ID).build(shared, "1.0.0");
        }
        host = FelixPluginHost.open(PluginHostOptions.of(folder.resolve("plugins"), null));
    }

    @AfterEach
    void close() {
        host.close();
    }

    static int label(Plugins plugins, String id, String range) throws IOException {
        try (Plugins.Lease<ClassifierTrainer> lease = plugins.lease(ClassifierTrainer.class, id, range)) {
            return lease.service()
                    .load(new ByteArrayInputStream(new byte[0]))
                    .labels()
                    .code(0);
        }
    }

    @Test
    void anInstalledPluginIsLeasedAndCalled() throws IOException {
        PluginState state = host.install(jar1);

        assertThat(state.status()).as(state.reason()).isEqualTo(PluginState.Status.ACTIVE);
        assertThat(state.id()).isEqualTo(ID);
        assertThat(state.kind()).isEqualTo("classifier");
        assertThat(label(host, ID, "0")).isEqualTo(TestBundle.number("1.0.0"));
        try (Plugins.Lease<ClassifierTrainer> lease = host.lease(ClassifierTrainer.class, ID, "[1.0.0,2.0.0)")) {
            assertThat(lease.version()).isEqualTo(Version.parseVersion("1.0.0").toString());
            assertThat(lease.bundle()).isEqualTo("org.test." + ID);
        }
    }
}

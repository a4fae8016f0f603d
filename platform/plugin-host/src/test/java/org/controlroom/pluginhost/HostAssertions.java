package org.controlroom.pluginhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.controlroom.core.port.Plugins;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.classify.ClassifierTrainer;

/** What the tests of the host ask again and again. */
final class HostAssertions {

    private HostAssertions() {}

    static void assertFails(ThrowingCallable call, ErrorCode code, String... inMessage) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(ControlRoomException.class);
        assertThat(((ControlRoomException) thrown).code())
                .as(thrown.getMessage())
                .isEqualTo(code);
        assertThat(thrown).hasMessageContainingAll(inMessage);
    }

    /** The label that the test classifier answers, see {@link TestBundle#number}. */
    static int label(Plugins plugins, String id, String range) {
        try (Plugins.Lease<ClassifierTrainer> lease = plugins.lease(ClassifierTrainer.class, id, range)) {
            return label(lease);
        }
    }

    static int label(Plugins.Lease<ClassifierTrainer> lease) {
        try {
            return lease.service()
                    .load(new ByteArrayInputStream(new byte[0]))
                    .labels()
                    .code(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Version and status of each installed version, newest first. */
    static List<String> versions(Plugins plugins, String id) {
        return plugins.list().stream()
                .filter(state -> state.id().equals(id))
                .map(state -> state.version() + " " + state.status())
                .toList();
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}

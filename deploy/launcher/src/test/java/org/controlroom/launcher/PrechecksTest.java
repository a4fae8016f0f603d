package org.controlroom.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrechecksTest {
    @TempDir
    Path folder;

    @Test
    void aTakenPortIsRefusedWithWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Prechecks.portIsFree("127.0.0.1", port))
                    .isInstanceOfSatisfying(LaunchException.class, e -> {
                        Matcher advised =
                                Pattern.compile("make run PORT=([0-9]+)$").matcher(e.remedy());
                        assertThat(advised.find()).as(e.remedy()).isTrue();
                        Prechecks.portIsFree("127.0.0.1", Integer.parseInt(advised.group(1)));
                    })
                    .hasMessageContaining("port " + port);
        }
    }

    @Test
    void dataMayBePlainOrPacked() throws IOException {
        Files.writeString(folder.resolve("X_train_update.csv.gz"), "");
        assertThatThrownBy(() -> Prechecks.dataIsThere(folder))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("Y_train_CVw08PX.csv");

        Files.writeString(folder.resolve("Y_train_CVw08PX.csv"), "");
        assertThatCode(() -> Prechecks.dataIsThere(folder)).doesNotThrowAnyException();
        assertThatCode(() -> Prechecks.dataIsThere(null)).doesNotThrowAnyException();
    }

    @Test
    void tooLittleSpaceIsRefusedWithFolderAndFigures() {
        Path state = folder.resolve("not/yet/there");
        assertThatCode(() -> Prechecks.spaceIsFree(state, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Prechecks.spaceIsFree(state, 1L << 40))
                .isInstanceOfSatisfying(
                        LaunchException.class, e -> assertThat(e.remedy()).contains("make run STATE="))
                .hasMessageMatching("too little space for the data folder " + state
                        + ": [0-9]+ MB are free, the server needs 1099511627776 MB to start");
        assertThat(state.getParent()).doesNotExist();
    }

    @Test
    void aHeapThatIsGivenIsTakenAsItIs() {
        assertThat(Prechecks.heapMb(700)).isEqualTo(700);
        assertThat(Prechecks.heapMb(0)).isBetween(512, 2560);
        assertThatThrownBy(() -> Prechecks.heapMb(60))
                .hasMessageContaining("heap-mb=60")
                .hasMessageContaining("256");
    }

    @Test
    void aHeapThatTheMachineDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> Prechecks.heapMb(999_999))
                .isInstanceOf(LaunchException.class)
                .hasMessageMatching("controlroom.jvm.heap-mb=999999; this machine \\(or container\\) has [0-9]+ MB");
    }

    @Test
    void anAddressOfAnotherMachineIsToldByItsKey() {
        assertThatThrownBy(() -> Prechecks.portIsFree("192.0.2.1", 8000))
                .isInstanceOf(LaunchException.class)
                .hasMessage("controlroom.http.address=192.0.2.1 is no address of this machine");
    }

    @Test
    void aPathThatTheServerCannotRunInIsRefused() {
        assertThatThrownBy(() -> Prechecks.nameIsUsable(Path.of("/data/100%")))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("/data/100%, because its path has a %");
        assertThatCode(() -> Prechecks.nameIsUsable(Path.of("/data/summer and winter")))
                .doesNotThrowAnyException();
    }
}

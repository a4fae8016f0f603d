package org.controlroom.api.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskLimitsTest {

    @Test
    void aSmallDiskIsLowBelowATenthAndALargeOneBelowTwentyGigabytes() {
        assertThat(NodeStatus.Disk.of("/data", 5, 100_000_000_000L))
                .isEqualTo(new NodeStatus.Disk("/data", 5, 100_000_000_000L, 10_000_000_000L, 1_000_000_000L));
        assertThat(NodeStatus.Disk.of("/data", 5, 4_000_000_000_000L).lowBelowBytes())
                .isEqualTo(20_000_000_000L);
    }

    @Test
    void theAlertsHaveTheSameLimits() throws IOException {
        String alerts = Files.readString(Path.of("../prometheus/rules/alerts.yml"));
        assertThat(alerts)
                .contains(
                        "controlroom_data_disk_free_bytes / controlroom_data_disk_size_bytes < 0.1\n",
                        "and controlroom_data_disk_free_bytes < 20e9\n",
                        "expr: controlroom_data_disk_free_bytes < 1e9\n");
    }
}

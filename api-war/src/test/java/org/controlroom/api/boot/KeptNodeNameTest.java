package org.controlroom.api.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.controlroom.core.model.NodeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptNodeNameTest {

    @Test
    void aDataFolderKeepsItsNameAndAnotherHasAnother(@TempDir Path one, @TempDir Path other) {
        NodeName first = KeptNodeName.of(one);

        assertThat(first.text()).isNotBlank();
        assertThat(KeptNodeName.of(one)).isEqualTo(first);
        assertThat(KeptNodeName.of(other)).isNotEqualTo(first);
    }
}

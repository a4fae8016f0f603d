package org.controlroom.core.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.controlroom.core.fake.Room;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.core.promote.ModelLoader;
import org.controlroom.core.promote.WarmUp;
import org.controlroom.spi.Product;
import org.junit.jupiter.api.Test;

/** Models of all released formats; a new format adds a folder and changes none. */
class GoldenModelTest {

    private static Path golden(String format) throws URISyntaxException {
        URL manifest = GoldenModelTest.class.getResource("/golden/" + format + "/model/" + ModelFolder.MANIFEST);
        return Objects.requireNonNull(
                Path.of(Objects.requireNonNull(manifest).toURI()).getParent());
    }

    @Test
    void aModelOfFormatOneStillLoadsAndScoresTheSame() throws URISyntaxException {
        try (ServingModel model = new ModelLoader(Room.plugins(), WarmUp.NONE).load(golden("format-1"))) {
            float[] out = new float[3];
            model.probabilities(new Product("abcdefgh ijkl", "<b>caf\u00e9</b>"), out);

            assertThat(model.labels().toArray()).containsExactly(10, 20, 30);
            assertThat(out).containsExactly(new float[] {0.66245043f, 0.21065463f, 0.1268949f}, within(1e-6f));
            assertThat(model.manifest().formatVersion()).isEqualTo(1);
            assertThat(model.manifest().extractor().range()).isEqualTo("[1.0.0,2.0.0)");
            assertThat(model.manifest().provenance()).containsEntry("seed", "42");
        }
    }
}

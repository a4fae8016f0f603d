package org.controlroom.plugins.liblinear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Labels;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.testkit.StateAttacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States written by hand from the description of each released format; they must load and score the same for ever. */
class ReleasedFormatsTest {

    private static final String ONE_BYTE = "43524c4c0000000100000002000000030000000a00000a91013f000000be800000"
            + "3c00bf8000ff000000003f003f00030100000000242549b3";
    private static final String TWO_BYTES = "43524c4c0000000100000002000000030000000a00000a91023f000000be800000"
            + "3c00bf8000ff0080000000003f003f000301400000000000b4744f65";

    /** Biases 0.5 and -0.25; feature 0 has offset -1 and scale 1/128, feature 1 nothing, feature 2 both 0.5. */
    @ParameterizedTest
    @CsvSource({ONE_BYTE + ", -3.5, 0.734375", TWO_BYTES + ", -3.625, 0.7421875"})
    void format1ScoresAsItsWeightsSay(String hex, float first, float second) throws IOException {
        byte[] state = HexFormat.of().parseHex(hex);
        Classifier classifier = new LiblinearTrainer().load(new ByteArrayInputStream(state));
        assertThat(classifier.labels()).isEqualTo(Labels.of(10, 2705));
        assertThat(classifier.featureCount()).isEqualTo(3);
        FeatureVector vector = new FeatureVector();
        vector.add(2, -1);
        vector.add(0, 2);
        float[] scores = new float[2];
        classifier.score(vector, scores);
        assertThat(scores[0]).isCloseTo(first, within(1e-4f));
        assertThat(scores[1]).isCloseTo(second, within(1e-4f));
        assertThat(StateAttacks.save(classifier::save)).isEqualTo(state);
    }

    @Test
    void anUnknownFormatVersionIsNamed() {
        byte[] state = HexFormat.of().parseHex(ONE_BYTE);
        state[7] = 9;
        assertThatThrownBy(() -> new LiblinearTrainer().load(new ByteArrayInputStream(state)))
                .isInstanceOf(ControlRoomException.class)
                .hasMessage("classifier-liblinear: the classifier state has format version 9; must be 1");
    }
}

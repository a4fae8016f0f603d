package org.controlroom.plugins.majority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.testkit.StateAttacks;
import org.junit.jupiter.api.Test;

/** A state written by hand from the description of each released format must load and score the same for ever. */
class ReleasedFormatsTest {

    @Test
    void format1AnswersTheLogarithmsOfTheShares() throws IOException {
        byte[] state = HexFormat.of()
                .parseHex("4d414a4f0000000100000004000000020000000a00000a91be934b11bfb172180000000045dfc8de");
        Classifier classifier = new MajorityTrainer().load(new ByteArrayInputStream(state));
        float[] scores = new float[2];
        classifier.score(new FeatureVector(), scores);
        assertThat(scores).containsExactly((float) Math.log(0.75), (float) Math.log(0.25));
        assertThat(classifier.featureCount()).isEqualTo(4);
        assertThat(StateAttacks.save(classifier::save)).isEqualTo(state);
    }
}

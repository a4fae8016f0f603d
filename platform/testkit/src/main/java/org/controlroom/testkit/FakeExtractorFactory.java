package org.controlroom.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureSchema;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.TrainingContext;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.FeatureExtractorFactory;
import org.controlroom.spi.feature.LocatedTerm;
import org.controlroom.spi.feature.LocatesTerms;
import org.controlroom.spi.feature.TextSpan;

/** Counts the letters of a product: 26 features, learned in no time, good enough to tell labels apart in tests. */
public final class FakeExtractorFactory implements FeatureExtractorFactory {

    private static final int STATE = 0x46;
    private static final String FINGERPRINT = "fa".repeat(32);

    private @interface NoSettings {}

    @Override
    public FeatureExtractor fit(List<Product> products, TrainingContext context) {
        context.settings().as(NoSettings.class);
        if (products.isEmpty()) {
            throw new ControlRoomException(ErrorCode.TRAINING_DATA_INVALID, "fake extractor: no products");
        }
        context.progress().throwIfCancelled();
        context.progress().report("counting letters", products.size(), products.size());
        return new Letters();
    }

    @Override
    public FeatureExtractor load(InputStream state) throws IOException {
        if (state.read() != STATE || state.read() != -1) {
            throw new ControlRoomException(ErrorCode.ARTIFACT_INVALID, "fake extractor: state is damaged");
        }
        return new Letters();
    }

    private static final class Letters implements FeatureExtractor, LocatesTerms {

        @Override
        public FeatureSchema schema() {
            return new FeatureSchema(26, FINGERPRINT);
        }

        @Override
        public void extract(Product product, FeatureVector out) {
            out.clear();
            int all = product.designation().length() + product.description().length();
            for (char letter = 'a'; letter <= 'z'; letter++) {
                long count = count(product.designation(), letter) + count(product.description(), letter);
                if (count > 0) {
                    out.add(letter - 'a', (float) count / all);
                }
            }
        }

        private static long count(String text, char letter) {
            long count = 0;
            for (int i = 0; i < text.length(); i++) {
                count += (text.charAt(i) | 0x20) == letter ? 1 : 0;
            }
            return count;
        }

        @Override
        public List<LocatedTerm> locate(Product product, int[] features) {
            List<LocatedTerm> terms = new ArrayList<>();
            for (int feature : features) {
                List<TextSpan> spans = new ArrayList<>();
                addSpans(product.designation(), TextSpan.Field.DESIGNATION, feature, spans);
                addSpans(product.description(), TextSpan.Field.DESCRIPTION, feature, spans);
                if (!spans.isEmpty()) {
                    terms.add(new LocatedTerm(feature, Character.toString('a' + feature), "letters", spans));
                }
            }
            terms.sort(Comparator.comparing(
                            (LocatedTerm term) -> term.spans().get(0).field())
                    .thenComparing(term -> term.spans().get(0).start()));
            return terms;
        }

        private static void addSpans(String text, TextSpan.Field field, int feature, List<TextSpan> out) {
            for (int i = 0; i < text.length(); i++) {
                if ((text.charAt(i) | 0x20) == 'a' + feature) {
                    out.add(new TextSpan(field, i, i + 1));
                }
            }
        }

        @Override
        public void save(OutputStream out) throws IOException {
            out.write(STATE);
        }
    }
}

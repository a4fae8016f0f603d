package org.controlroom.plugins.hashing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.controlroom.spi.FeatureSchema;
import org.controlroom.spi.FeatureVector;
import org.controlroom.spi.Product;
import org.controlroom.spi.Settings;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.LocatedTerm;
import org.controlroom.spi.feature.LocatesTerms;
import org.controlroom.text.CheckedState;
import org.controlroom.text.ScratchPool;
import org.controlroom.text.ScratchPool.Scratch;
import org.controlroom.text.TermCounts;
import org.controlroom.text.TermFrequency;
import org.controlroom.text.TermLocation;
import org.controlroom.text.TextAnalyzer;
import org.controlroom.text.TextField;
import org.controlroom.text.TextOptions;

/**
 * Signed feature hashing (Weinberger and others, Feature Hashing for Large Scale Multitask Learning, 2009): a term's hash
 * says where its weight is added and with which sign, so that terms that share a position cancel out on average.
 */
final class HashingExtractor implements FeatureExtractor, LocatesTerms {

    static final String ID = "extractor-hashing";

    /** "CRHS". */
    private static final int MAGIC = 0x43524853;

    private static final int VERSION = 1;

    private final TextAnalyzer analyzer;
    private final TextField[] fields;
    private final float[] weights;
    private final TermFrequency termFrequency;
    private final int shift;
    private final TermLocation location;
    private final CheckedState state;
    private final FeatureSchema schema;
    private final ScratchPool pool = new ScratchPool();

    HashingExtractor(Settings settings) {
        HashingSettings typed = settings.as(HashingSettings.class);
        List<HashedField> active = HashedField.active(typed);
        if (active.isEmpty() || typed.bits() < 8 || typed.bits() > 24) {
            throw new IllegalArgumentException(
                    "fields=" + active.size() + ", bits=" + typed.bits() + "; must be 1 or more, 8..24");
        }
        analyzer = new TextAnalyzer(new TextOptions(
                typed.cleaning(), typed.lowerCase(), typed.foldAccents(), typed.stopWords(), typed.minTokenLength()));
        fields = active.stream().map(HashedField::terms).toArray(TextField[]::new);
        weights = new float[fields.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = active.get(i).weight();
        }
        termFrequency = TermFrequency.of(typed.sublinearTf());
        shift = Long.SIZE - typed.bits();
        location = new TermLocation(
                analyzer, List.of(fields), active.stream().map(HashedField::key).toList(), this::indexOf);
        state = CheckedState.of(MAGIC, VERSION, out -> CheckedState.writeTexts(out, settings.values()));
        schema = new FeatureSchema(1 << typed.bits(), state.fingerprint());
    }

    @Override
    public FeatureSchema schema() {
        return schema;
    }

    @Override
    public void extract(Product product, FeatureVector out) {
        out.clear();
        Scratch scratch = pool.borrow();
        try {
            analyzer.analyze(product, scratch.text());
            scratch.positions().clear();
            for (int f = 0; f < fields.length; f++) {
                fields[f].count(scratch.text(), scratch.terms());
                append(scratch, weights[f], out);
            }
        } finally {
            pool.release(scratch);
        }
    }

    /** Adds the terms of a field, scaled so that their Euclidean length before any collision is {@code weight}. */
    private void append(Scratch scratch, float weight, FeatureVector out) {
        TermCounts terms = scratch.terms();
        double squares = 0;
        for (int i = 0; i < terms.size(); i++) {
            double frequency = termFrequency.of(terms.counts()[i]);
            squares += frequency * frequency;
        }
        float scale = (float) (weight / Math.sqrt(squares));
        for (int i = 0; i < terms.size(); i++) {
            long hash = terms.hashes()[i];
            float value = termFrequency.of(terms.counts()[i]) * scale;
            float signed = (hash & 1) == 0 ? value : -value;
            int index = indexOf(hash);
            int position = scratch.positions().find(index, out.size());
            if (position == out.size()) {
                out.add(index, signed);
            } else {
                out.values()[position] += signed;
            }
        }
    }

    private int indexOf(long hash) {
        return (int) (hash >>> shift);
    }

    @Override
    public List<LocatedTerm> locate(Product product, int[] features) {
        return location.locate(product, features);
    }

    @Override
    public void save(OutputStream out) throws IOException {
        state.writeTo(out);
    }

    static HashingExtractor load(InputStream in) throws IOException {
        return CheckedState.read(ID, in, MAGIC, VERSION)
                .content(ID, content -> new HashingExtractor(Settings.of(CheckedState.readTexts(content))));
    }
}

package org.controlroom.plugins.tfidf;

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

/** A learnt vocabulary with the settings it was learnt with. */
final class TfidfExtractor implements FeatureExtractor, LocatesTerms {

    static final String ID = "extractor-tfidf";

    /** "CRTF". */
    private static final int MAGIC = 0x43525446;

    private static final int VERSION = 1;

    private final Settings settings;
    private final Vocabulary vocabulary;
    private final TextAnalyzer analyzer;
    private final TextField[] fields;
    private final float[] weights;
    private final TermFrequency termFrequency;
    private final FeatureSchema schema;
    private final TermLocation location;
    private final ScratchPool pool = new ScratchPool();

    TfidfExtractor(Settings settings, Vocabulary vocabulary) {
        this.settings = settings;
        this.vocabulary = vocabulary;
        TfidfSettings typed = settings.as(TfidfSettings.class);
        List<WeightedField> active = WeightedField.active(typed);
        analyzer = analyzer(typed);
        fields = active.stream().map(WeightedField::terms).toArray(TextField[]::new);
        weights = new float[fields.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = active.get(i).weight();
        }
        termFrequency = TermFrequency.of(typed.sublinearTf());
        schema = new FeatureSchema(vocabulary.size(), state().fingerprint());
        location = new TermLocation(
                analyzer,
                List.of(fields),
                active.stream().map(WeightedField::key).toList(),
                vocabulary::find);
    }

    static TextAnalyzer analyzer(TfidfSettings s) {
        return new TextAnalyzer(
                new TextOptions(s.cleaning(), s.lowerCase(), s.foldAccents(), s.stopWords(), s.minTokenLength()));
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
            for (int f = 0; f < fields.length; f++) {
                fields[f].count(scratch.text(), scratch.terms());
                append(scratch.terms(), weights[f], out);
            }
        } finally {
            pool.release(scratch);
        }
    }

    /** Appends the known terms of a field, scaled so that their Euclidean length is {@code weight}. */
    private void append(TermCounts terms, float weight, FeatureVector out) {
        long[] hashes = terms.hashes();
        int[] counts = terms.counts();
        int from = out.size();
        long[] slots = terms.scratch();
        vocabulary.prefetch(hashes, terms.size(), slots);
        double squares = 0;
        for (int i = 0; i < terms.size(); i++) {
            int index = vocabulary.find(hashes[i], slots[i]);
            if (index != Vocabulary.UNKNOWN) {
                float value = termFrequency.of(counts[i]) * vocabulary.inverseDocumentFrequencyOf(index);
                squares += (double) value * value;
                out.add(index, value);
            }
        }
        if (squares > 0) {
            out.scale(from, (float) (weight / Math.sqrt(squares)));
        }
    }

    @Override
    public List<LocatedTerm> locate(Product product, int[] features) {
        return location.locate(product, features);
    }

    @Override
    public void save(OutputStream out) throws IOException {
        state().writeTo(out);
    }

    private CheckedState state() {
        return CheckedState.of(MAGIC, VERSION, out -> {
            CheckedState.writeTexts(out, settings.values());
            vocabulary.write(out);
        });
    }

    static TfidfExtractor load(InputStream in) throws IOException {
        return CheckedState.read(ID, in, MAGIC, VERSION).content(ID, content -> {
            Settings settings = Settings.of(CheckedState.readTexts(content));
            return new TfidfExtractor(settings, Vocabulary.read(content));
        });
    }
}

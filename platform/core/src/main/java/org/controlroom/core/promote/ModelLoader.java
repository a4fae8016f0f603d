package org.controlroom.core.promote;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.controlroom.core.artifact.Manifest;
import org.controlroom.core.artifact.ModelFolder;
import org.controlroom.core.artifact.PluginUse;
import org.controlroom.core.artifact.SmokeSample;
import org.controlroom.core.port.Plugins;
import org.controlroom.core.port.Plugins.Lease;
import org.controlroom.core.predict.ServingModel;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Labels;
import org.controlroom.spi.classify.Classifier;
import org.controlroom.spi.classify.ClassifierTrainer;
import org.controlroom.spi.classify.RawTextClassifier;
import org.controlroom.spi.classify.RawTextClassifierFactory;
import org.controlroom.spi.feature.FeatureExtractor;
import org.controlroom.spi.feature.FeatureExtractorFactory;

/** Makes a serving model of an artifact folder, and trusts it only after it answered the smoke inputs as expected. */
public final class ModelLoader {

    /** Allowed difference of a probability: another version of a plugin may add in another order. */
    static final float SMOKE_TOLERANCE = 1e-3f;

    private final Plugins plugins;
    private final WarmUp warmUp;

    public ModelLoader(Plugins plugins, WarmUp warmUp) {
        this.plugins = plugins;
        this.warmUp = warmUp;
    }

    /** For models that were trained elsewhere, with the same plugins. */
    TakeOverModel takeOver() {
        return new TakeOverModel(plugins);
    }

    /** The same for models that answer nobody. */
    ModelLoader withoutWarmUp() {
        return new ModelLoader(plugins, WarmUp.NONE);
    }

    /**
     * Checks format and checksums, leases the plugins, loads their states, compares schemas and labels, scores the smoke
     * inputs and warms up. Leases nothing when it fails.
     *
     * @throws ControlRoomException ARTIFACT_INVALID, PLUGIN_MISSING, PLUGIN_FAILED, STORAGE_FAILED
     */
    public ServingModel load(Path folder) {
        return load(folder, List.of());
    }

    /**
     * The same beside a model that answers already. Where both run on the same plugin versions, their code is compiled, and
     * the new one is only made to touch its memory.
     *
     * @param running plugins of that model, as {@link ServingModel#plugins()} has them
     */
    ServingModel load(Path folder, List<String> running) {
        Manifest manifest = ModelFolder.read(folder);
        ServingModel model = assemble(folder, manifest);
        try {
            List<SmokeSample> samples =
                    ModelFolder.readSmoke(folder, manifest.labels().size());
            compare(model, samples);
            (model.plugins().equals(running) ? warmUp.shortened() : warmUp).run(model, samples);
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Loads the parts and compares schemas and labels, but neither reads the folder's manifest nor tries the model.
     *
     * @throws ControlRoomException as {@link #load}
     */
    public ServingModel assemble(Path folder, Manifest manifest) {
        PluginUse extractor = manifest.extractor();
        if (extractor == null) {
            return assembleOfText(folder, manifest);
        }
        Lease<FeatureExtractorFactory> extractorLease = lease(FeatureExtractorFactory.class, extractor);
        try {
            Lease<ClassifierTrainer> classifierLease = lease(ClassifierTrainer.class, manifest.classifier());
            try {
                return assemble(folder, manifest, extractorLease, classifierLease);
            } catch (RuntimeException e) {
                classifierLease.close();
                throw e;
            }
        } catch (RuntimeException e) {
            extractorLease.close();
            throw e;
        }
    }

    private ServingModel assembleOfText(Path folder, Manifest manifest) {
        Lease<RawTextClassifierFactory> lease = lease(RawTextClassifierFactory.class, manifest.classifier());
        RawTextClassifier classifier = null;
        try {
            classifier = read(folder.resolve(ModelFolder.CLASSIFIER), lease, lease.service()::load);
            requireLabels(classifier.labels(), lease, manifest);
            return ServingModel.ofText(
                    manifest,
                    classifier,
                    ModelFolder.readCalibration(folder, manifest.labels().size()),
                    lease);
        } catch (RuntimeException e) {
            if (classifier != null) {
                classifier.close();
            }
            lease.close();
            throw e;
        }
    }

    private <T> Lease<T> lease(Class<T> type, PluginUse plugin) {
        return plugins.lease(type, plugin.id(), plugin.range());
    }

    private static ServingModel assemble(
            Path folder,
            Manifest manifest,
            Lease<FeatureExtractorFactory> extractorLease,
            Lease<ClassifierTrainer> classifierLease) {
        FeatureExtractor extractor =
                read(folder.resolve(ModelFolder.EXTRACTOR), extractorLease, extractorLease.service()::load);
        Classifier classifier =
                read(folder.resolve(ModelFolder.CLASSIFIER), classifierLease, classifierLease.service()::load);
        require(
                extractor.schema().equals(manifest.schema()),
                "extractor " + named(extractorLease) + " has " + extractor.schema() + "; the model was trained on "
                        + manifest.schema());
        require(
                classifier.featureCount() == manifest.schema().size(),
                "classifier " + named(classifierLease) + " takes " + classifier.featureCount()
                        + " features; the extractor gives " + manifest.schema().size());
        requireLabels(classifier.labels(), classifierLease, manifest);
        return new ServingModel(
                manifest,
                extractor,
                classifier,
                ModelFolder.readCalibration(folder, manifest.labels().size()),
                extractorLease,
                classifierLease);
    }

    private static void requireLabels(Labels labels, Lease<?> lease, Manifest manifest) {
        require(
                labels.equals(manifest.labels()),
                "classifier " + named(lease) + " knows labels " + labels + "; the manifest has " + manifest.labels());
    }

    private static void compare(ServingModel model, List<SmokeSample> samples) {
        float[] actual = new float[model.labels().size()];
        for (int s = 0; s < samples.size(); s++) {
            float[] expected = samples.get(s).probabilities();
            model.probabilities(samples.get(s).product(), actual);
            for (int i = 0; i < actual.length; i++) {
                require(
                        Math.abs(actual[i] - expected[i]) <= SMOKE_TOLERANCE,
                        "smoke input " + s + " gives label " + model.labels().code(i) + " probability " + actual[i]
                                + " with " + model.plugins() + "; must be " + expected[i] + " within "
                                + SMOKE_TOLERANCE);
            }
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ControlRoomException(ErrorCode.ARTIFACT_INVALID, otherwise);
        }
    }

    private static String named(Lease<?> lease) {
        return lease.pluginId() + " " + lease.version();
    }

    private static <T> T read(Path file, Lease<?> lease, Loading<T> loading) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return loading.load(in);
        } catch (IOException e) {
            throw new ControlRoomException(ErrorCode.STORAGE_FAILED, "cannot read " + file + ": " + e, e);
        } catch (ControlRoomException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new ControlRoomException(
                    ErrorCode.PLUGIN_FAILED, named(lease) + " failed to load " + file.getFileName() + ": " + e, e);
        }
    }

    /** Either {@code load} of the SPI. */
    private interface Loading<T> {
        T load(InputStream in) throws IOException;
    }
}

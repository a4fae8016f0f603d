package org.controlroom.core.artifact;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.controlroom.core.json.Json;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.FeatureSchema;
import org.controlroom.spi.Labels;
import org.controlroom.spi.Product;

/** Names, formats and checks of the files in an artifact's folder {@code model/}. */
public final class ModelFolder {

    /** The newest version; all from 1 up to it are read. */
    public static final int FORMAT_VERSION = 2;

    /** The version of a model with an extractor, which older servers read as well. */
    private static final int WITH_EXTRACTOR = 1;

    public static final String MLMODEL = "MLmodel";
    public static final String MANIFEST = "manifest.json";
    public static final String EXTRACTOR = "extractor.bin";
    public static final String CLASSIFIER = "classifier.bin";
    public static final String CALIBRATION = "calibration.json";
    public static final String REFERENCE = "reference.json";
    public static final String SMOKE = "smoke.json";

    private static final String CALIBRATION_METHOD = "normalized_sigmoid";

    private static final List<String> PAYLOADS = List.of(MLMODEL, CALIBRATION, CLASSIFIER, EXTRACTOR, REFERENCE, SMOKE);

    private ModelFolder() {}

    private static int format(Manifest manifest) {
        return manifest.extractor() == null ? FORMAT_VERSION : WITH_EXTRACTOR;
    }

    private static List<String> payloads(Manifest manifest) {
        return manifest.extractor() == null
                ? PAYLOADS.stream().filter(name -> !name.equals(EXTRACTOR)).toList()
                : PAYLOADS;
    }

    /**
     * Reads the manifest and checks the checksum of every file it names.
     *
     * @throws ControlRoomException ARTIFACT_INVALID naming the file
     */
    public static Manifest read(Path folder) {
        Manifest manifest = readUnchecked(folder);
        for (String payload : payloads(manifest)) {
            if (!manifest.files().containsKey(payload)) {
                throw invalid(folder, MANIFEST + " has no checksum for " + payload);
            }
        }
        manifest.files().forEach((name, expected) -> {
            Path file = folder.resolve(name);
            if (!file.normalize().startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
                throw invalid(folder, name + " is missing");
            }
            String actual = SafeFiles.sha256(file);
            if (!actual.equals(expected)) {
                throw invalid(folder, name + " is damaged: SHA-256 is " + actual + ", must be " + expected);
            }
        });
        return manifest;
    }

    /**
     * Reads the manifest alone, without a look at the other files.
     *
     * @throws ControlRoomException ARTIFACT_INVALID
     */
    public static Manifest readUnchecked(Path folder) {
        if (!Files.isRegularFile(folder.resolve(MANIFEST))) {
            throw invalid(folder, MANIFEST + " is missing");
        }
        try {
            Json json = Json.parse(SafeFiles.read(folder.resolve(MANIFEST)));
            long format = json.get("format_version").integer();
            if (format < 1 || format > FORMAT_VERSION) {
                throw invalid(folder, "format version " + format + "; this server reads 1.." + FORMAT_VERSION);
            }
            return new Manifest(
                    (int) format,
                    format > WITH_EXTRACTOR ? null : PluginUse.of(json.get("extractor")),
                    PluginUse.of(json.get("classifier")),
                    new FeatureSchema(
                            Math.toIntExact(json.get("schema").get("size").integer()),
                            json.get("schema").get("fingerprint").text()),
                    Labels.of(json.get("labels").integers()),
                    json.get("provenance").texts(),
                    json.get("figures").numbers(),
                    json.get("files").texts());
        } catch (ControlRoomException | IllegalArgumentException | ArithmeticException e) {
            if (e instanceof ControlRoomException known && known.code() == ErrorCode.STORAGE_FAILED) {
                throw known;
            }
            throw invalid(folder, MANIFEST + ": " + e.getMessage());
        }
    }

    /**
     * Writes {@code MLmodel}, what Python needs, and {@code manifest.json} with the checksums of all files; the last step
     * of a training.
     */
    public static Manifest seal(Path folder, Manifest draft) {
        SortedMap<String, String> files = new TreeMap<>();
        Optional<String> lack = PythonCode.lack(folder, draft.extractor(), draft.classifier());
        PythonCode.complete(
                        folder, lack.isEmpty(), readSmoke(folder, draft.labels().size()))
                .forEach(name -> files.put(name, SafeFiles.sha256(folder.resolve(name))));
        SafeFiles.write(folder.resolve(MLMODEL), MlModelFile.of(format(draft), draft, lack));
        payloads(draft).forEach(name -> files.put(name, SafeFiles.sha256(folder.resolve(name))));
        Manifest sealed = new Manifest(
                format(draft),
                draft.extractor(),
                draft.classifier(),
                draft.schema(),
                draft.labels(),
                draft.provenance(),
                draft.figures(),
                files);
        SafeFiles.write(folder.resolve(MANIFEST), json(sealed).write());
        return sealed;
    }

    private static Json json(Manifest manifest) {
        SortedMap<String, Json> members = new TreeMap<>(Map.of(
                "format_version", Json.of(manifest.formatVersion()),
                "classifier", manifest.classifier().json(),
                "schema",
                        new Json.Obj(new TreeMap<>(Map.of(
                                "size", Json.of(manifest.schema().size()),
                                "fingerprint", Json.of(manifest.schema().fingerprint())))),
                "labels", Json.of(manifest.labels().toArray()),
                "provenance", Json.ofTexts(manifest.provenance()),
                "figures", Json.ofNumbers(manifest.figures()),
                "files", Json.ofTexts(manifest.files())));
        PluginUse extractor = manifest.extractor();
        if (extractor != null) {
            members.put("extractor", extractor.json());
        }
        return new Json.Obj(members);
    }

    public static void writeCalibration(Path folder, Calibration calibration) {
        Json json = new Json.Obj(new TreeMap<>(Map.of(
                "method", Json.of(CALIBRATION_METHOD),
                "scale", Json.of(calibration.scale()),
                "bias", Json.of(calibration.bias()))));
        SafeFiles.write(folder.resolve(CALIBRATION), json.write());
    }

    /** @throws ControlRoomException ARTIFACT_INVALID when it is not a calibration of so many labels */
    public static Calibration readCalibration(Path folder, int labels) {
        Json json = parse(folder, CALIBRATION);
        String method = json.get("method").text();
        if (!method.equals(CALIBRATION_METHOD)) {
            throw invalid(folder, CALIBRATION + ": method '" + method + "'; must be " + CALIBRATION_METHOD);
        }
        Calibration calibration =
                new Calibration(json.get("scale").floats(), json.get("bias").floats());
        if (calibration.labels() != labels) {
            throw invalid(folder, CALIBRATION + " has " + calibration.labels() + " labels; must have " + labels);
        }
        return calibration;
    }

    public static void writeSmoke(Path folder, List<SmokeSample> samples) {
        List<Json> items = new ArrayList<>();
        for (SmokeSample sample : samples) {
            items.add(new Json.Obj(new TreeMap<>(Map.of(
                    "designation", Json.of(sample.product().designation()),
                    "description", Json.of(sample.product().description()),
                    "probabilities", Json.of(sample.probabilities())))));
        }
        SafeFiles.write(folder.resolve(SMOKE), new Json.Arr(items).write());
    }

    /** @throws ControlRoomException ARTIFACT_INVALID when there is no sample, or one has not so many probabilities */
    public static List<SmokeSample> readSmoke(Path folder, int labels) {
        List<SmokeSample> samples = new ArrayList<>();
        for (Json item : parse(folder, SMOKE).items()) {
            Product product = new Product(
                    item.get("designation").text(), item.get("description").text());
            samples.add(new SmokeSample(product, item.get("probabilities").floats()));
        }
        if (samples.isEmpty() || samples.stream().anyMatch(sample -> sample.probabilities().length != labels)) {
            throw invalid(folder, SMOKE + ": must have samples with " + labels + " probabilities each");
        }
        return samples;
    }

    private static Json parse(Path folder, String name) {
        try {
            return Json.parse(SafeFiles.read(folder.resolve(name)));
        } catch (ControlRoomException e) {
            throw e.code() == ErrorCode.MALFORMED_BODY ? invalid(folder, name + ": " + e.getMessage()) : e;
        }
    }

    private static ControlRoomException invalid(Path folder, String what) {
        return new ControlRoomException(ErrorCode.ARTIFACT_INVALID, "model artifact " + folder + ": " + what);
    }
}

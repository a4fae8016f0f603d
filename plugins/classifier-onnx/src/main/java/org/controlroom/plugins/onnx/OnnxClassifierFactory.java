package org.controlroom.plugins.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.SortedMap;
import org.controlroom.spi.BringsPython;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.PluginInfo;
import org.controlroom.spi.classify.RawTextClassifier;
import org.controlroom.spi.classify.RawTextClassifierFactory;
import org.osgi.service.component.annotations.Component;

/** Opens ONNX models with their description. ONNX Runtime itself is loaded with the first of them. */
@Component(service = RawTextClassifierFactory.class)
@PluginInfo(id = OnnxClassifierFactory.ID)
public final class OnnxClassifierFactory implements RawTextClassifierFactory, BringsPython {

    static final String ID = "classifier-onnx";

    @Override
    public RawTextClassifier read(Path folder) throws IOException {
        return open(ModelFiles.ofFolder(folder, OnnxClassifier::metadata));
    }

    @Override
    public RawTextClassifier load(InputStream state) throws IOException {
        return open(ModelFiles.read(state));
    }

    @Override
    public SortedMap<String, String> pythonFiles() {
        return BringsPython.filesBeside(OnnxClassifierFactory.class, ENTRY, "word_piece.py", REQUIREMENTS);
    }

    private static RawTextClassifier open(ModelFiles files) throws IOException {
        try {
            return OnnxClassifier.open(files);
        } catch (IOException | RuntimeException | LinkageError e) {
            files.close();
            throw e;
        }
    }

    static ControlRoomException invalid(String what) {
        return new ControlRoomException(ErrorCode.ARTIFACT_INVALID, ID + ": " + what);
    }

    static ControlRoomException invalid(String what, Throwable cause) {
        return new ControlRoomException(ErrorCode.ARTIFACT_INVALID, ID + ": " + what, cause);
    }
}

package org.controlroom.api.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.junit.jupiter.api.Test;

class UploadedModelTest {

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static UploadedModel receive(byte[] body) throws IOException {
        return UploadedModel.receive(new ByteArrayInputStream(body));
    }

    @Test
    void theFilesAreThereUntilItIsClosed() throws IOException {
        Path folder;
        try (UploadedModel model = receive(zip("model.onnx", "vocab.txt"))) {
            folder = model.path();
            assertThat(folder.resolve("vocab.txt")).hasContent("vocab.txt");
            try (var files = Files.list(folder)) {
                assertThat(files).hasSize(2);
            }
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatIsNoZipOfPlainFilesIsRefused() throws IOException {
        for (byte[] body : new byte[][] {
            {},
            "no zip".getBytes(StandardCharsets.UTF_8),
            zip(),
            zip("../model.onnx"),
            zip("folder/model.onnx"),
            zip("/etc/model.onnx"),
            zip(".hidden"),
            zip("folder/"),
            Arrays.copyOf(zip("model.onnx"), 45)
        }) {
            assertThatThrownBy(() -> receive(body))
                    .isInstanceOfSatisfying(
                            ControlRoomException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_BODY));
        }
    }
}

package org.controlroom.api.control;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;
import org.controlroom.api.json.JsonMapping;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Problem;
import org.controlroom.spi.Reason;

/**
 * JSON bodies of the control routes, in both directions. All of them are records: a provider for a nearer type than Object
 * is preferred to the server's own JSON-B, which would write other names.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class JsonProvider implements MessageBodyReader<Record>, MessageBodyWriter<Record> {

    /** Bytes of a control request's JSON body at most. */
    private static final int MAX_BODY = 1024 * 1024;

    private final JsonMapper mapper = JsonMapping.mapper();

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return Record.class.isAssignableFrom(type);
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return Record.class.isAssignableFrom(type);
    }

    @Override
    public Record readFrom(
            Class<Record> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream in)
            throws IOException {
        byte[] body = in.readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new ControlRoomException(
                    ErrorCode.TOO_LARGE, Reason.of("body-over-limit", "the body has more than {0} bytes", MAX_BODY));
        }
        try {
            Record value = mapper.readValue(
                    body.length == 0 ? new byte[] {'{', '}'} : body, mapper.constructType(genericType));
            if (value == null) {
                throw new ControlRoomException(ErrorCode.MALFORMED_BODY, "the body is null; must be a JSON object");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT,
                    "body",
                    List.of(new Problem(path(e), "is not a field; known are " + e.getKnownPropertyIds())));
        } catch (MismatchedInputException e) {
            throw new ControlRoomException(
                    ErrorCode.INVALID_INPUT, "body", List.of(new Problem(path(e), "has a wrong type")));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String position = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new ControlRoomException(
                    ErrorCode.MALFORMED_BODY, "JSON" + position + ": " + JsonMapping.message(e), e);
        }
    }

    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(reference -> reference.getFieldName() == null
                        ? Integer.toString(reference.getIndex())
                        : reference.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : path;
    }

    @Override
    public void writeTo(
            Record value,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        // Whole before the first byte leaves, so that a failure can still be answered as a problem.
        out.write(mapper.writeValueAsBytes(value));
    }
}

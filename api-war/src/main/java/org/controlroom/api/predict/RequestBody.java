package org.controlroom.api.predict;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.controlroom.spi.ControlRoomException;
import org.controlroom.spi.ErrorCode;
import org.controlroom.spi.Reason;
import org.jspecify.annotations.Nullable;

/** The bytes of one small request body, read whole. */
final class RequestBody {

    private RequestBody() {}

    /**
     * @param limit bytes at most
     * @throws ControlRoomException TOO_LARGE; nothing above the limit has been kept
     */
    static byte[] read(HttpServletRequest request, int limit) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > limit) {
            throw new ControlRoomException(
                    ErrorCode.TOO_LARGE,
                    Reason.of("body-size", "the body has {0} bytes; must be at most {1} bytes", announced, limit));
        }
        InputStream in = request.getInputStream();
        if (announced >= 0) {
            byte[] body = new byte[(int) announced];
            int size = in.readNBytes(body, 0, body.length);
            return size == body.length ? body : Arrays.copyOf(body, size);
        }
        byte[] body = in.readNBytes(limit + 1);
        if (body.length > limit) {
            throw new ControlRoomException(
                    ErrorCode.TOO_LARGE, Reason.of("body-over-limit", "the body has more than {0} bytes", limit));
        }
        return body;
    }

    /**
     * The media type in lower case without parameters, checked to be in UTF-8.
     *
     * @throws ControlRoomException UNSUPPORTED_MEDIA_TYPE when a charset is named that is not UTF-8
     */
    static String mediaType(@Nullable String contentType, String allowed) {
        if (contentType == null) {
            return "";
        }
        if (contentType.equals(allowed)) {
            return contentType;
        }
        String lower = contentType.toLowerCase(Locale.ROOT);
        int semicolon = lower.indexOf(';');
        if (semicolon < 0) {
            return lower.strip();
        }
        int charset = lower.indexOf("charset=", semicolon);
        if (charset >= 0) {
            String name = lower.substring(charset + "charset=".length())
                    .replace("\"", "")
                    .strip();
            if (!name.equals("utf-8") && !name.equals("us-ascii") && !name.equals("utf8")) {
                throw new ControlRoomException(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE, "charset '" + name + "'; must be utf-8");
            }
        }
        return lower.substring(0, semicolon).strip();
    }

    /** The media type in lower case without parameters; empty when there is none. */
    static String plainMediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /**
     * The encoding that a content type names; UTF-8 when it names none.
     *
     * @throws ControlRoomException UNSUPPORTED_MEDIA_TYPE when nobody here can read it
     */
    static Charset charset(@Nullable String contentType) {
        String lower = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("charset=");
        if (at < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = lower.substring(at + "charset=".length())
                .split(";", 2)[0]
                .replace("\"", "")
                .strip();
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new ControlRoomException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    Reason.of(
                            "charset",
                            "charset '{0}'; must be utf-8, or another that Java knows, such as windows-1252",
                            name),
                    e);
        }
    }

    /** @throws ControlRoomException UNSUPPORTED_MEDIA_TYPE when the body is packed, which nobody here unpacks */
    static void checkNotPacked(@Nullable String contentEncoding) {
        if (contentEncoding != null && !contentEncoding.strip().equalsIgnoreCase("identity")) {
            throw new ControlRoomException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Encoding '" + contentEncoding + "'; must be left out, with the body not compressed");
        }
    }

    /** @throws ControlRoomException NOT_ACCEPTABLE when the client takes none of this media type */
    static void checkAccepted(@Nullable String accept, String offered) {
        if (accept == null || accept.contains("*/*") || accept.contains(offered)) {
            return;
        }
        if (!accept.contains(offered.substring(0, offered.indexOf('/')) + "/*")) {
            throw new ControlRoomException(
                    ErrorCode.NOT_ACCEPTABLE, "Accept '" + accept + "'; the answer is " + offered);
        }
    }

    /** The request's media type, for messages. */
    static String named(@Nullable String contentType) {
        return contentType == null || contentType.isBlank()
                ? "Content-Type is missing"
                : "Content-Type '" + contentType + "'";
    }
}

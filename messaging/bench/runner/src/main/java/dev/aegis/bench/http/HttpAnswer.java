package dev.aegis.bench.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param head the status line and the headers
 */
public record HttpAnswer(int status, String head, String body) {

    private static final String LINE_END = "\r\n";
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    /**
     * Reads an answer of HTTP/1.1, whose body has a length or comes in chunks.
     *
     * @return null if it has not come to its end yet
     */
    static @Nullable HttpAnswer parse(byte[] received, int length) {
        var bodyAt = endOfHead(received, length);
        if (bodyAt < 0) {
            return null;
        }
        var head = new String(received, 0, bodyAt, ISO_8859_1);
        var body = body(head, received, bodyAt, length);
        return body == null ? null : new HttpAnswer(Integer.parseInt(head, STATUS_AT, STATUS_AT + 3, 10), head, body);
    }

    /** The value of a header; null if there is none. */
    public @Nullable String header(String name) {
        return header(head, name);
    }

    private static @Nullable String header(String head, String name) {
        var at = head.indexOf(LINE_END) + LINE_END.length();
        while (at < head.length()) {
            var end = head.indexOf(LINE_END, at);
            if (head.regionMatches(true, at, name, 0, name.length()) && head.charAt(at + name.length()) == ':') {
                return head.substring(at + name.length() + 1, end).strip();
            }
            at = end + LINE_END.length();
        }
        return null;
    }

    private static int endOfHead(byte[] received, int length) {
        for (var i = 3; i < length; i++) {
            if (received[i] == '\n' && received[i - 1] == '\r' && received[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static @Nullable String body(String head, byte[] received, int at, int length) {
        var announced = header(head, "content-length");
        if (announced != null) {
            var expected = Integer.parseInt(announced);
            return length - at < expected ? null : new String(received, at, expected, UTF_8);
        }
        var coding = header(head, "transfer-encoding");
        if (coding == null || !coding.toLowerCase(Locale.ROOT).equals("chunked")) {
            throw new IllegalStateException("The answer does not say where it ends: " + head);
        }
        return chunks(received, at, length);
    }

    private static @Nullable String chunks(byte[] received, int from, int length) {
        var body = new ByteArrayOutputStream();
        var at = from;
        while (true) {
            var sizeEnd = lineEnd(received, at, length);
            if (sizeEnd < 0) {
                return null;
            }
            var size = Integer.parseInt(new String(received, at, sizeEnd - at, ISO_8859_1).strip(), 16);
            at = sizeEnd + LINE_END.length();
            if (length < at + size + LINE_END.length()) {
                return null;
            }
            if (size == 0) {
                return body.toString(UTF_8);
            }
            body.write(received, at, size);
            at += size + LINE_END.length();
        }
    }

    private static int lineEnd(byte[] received, int from, int length) {
        for (var i = from; i < length - 1; i++) {
            if (received[i] == '\r' && received[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }
}

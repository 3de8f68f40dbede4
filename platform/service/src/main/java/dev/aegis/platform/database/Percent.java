package dev.aegis.platform.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;

/** Percent-encoding as in URIs, where a plus sign is just a plus sign. */
final class Percent {
    private Percent() {}

    /**
     * @throws IllegalArgumentException if a percent sign is not followed by two hexadecimal digits
     */
    static String decode(String text) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (character == '%') {
                bytes.write(hexByte(text, i + 1));
                i += 3;
            } else {
                bytes.writeBytes(Character.toString(character).getBytes(UTF_8));
                i += Character.charCount(character);
            }
        }
        return bytes.toString(UTF_8);
    }

    private static int hexByte(String text, int start) {
        int high = start + 1 < text.length() ? Character.digit(text.charAt(start), 16) : -1;
        int low = start + 1 < text.length() ? Character.digit(text.charAt(start + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw new IllegalArgumentException(
                    "it has a % that is not followed by two hexadecimal digits; a % itself is written %25");
        }
        return high * 16 + low;
    }

    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}

package dev.aegis.messaging.internal.send;

import java.util.Locale;

/** What can be stored as text. The driver writes half of a surrogate pair as a question mark, and the server refuses NUL. */
final class StoredText {

    private StoredText() {}

    /**
     * Checks {@code text}.
     *
     * @param what what it is, for the error
     * @return how many bytes it has in UTF-8
     * @throws IllegalArgumentException when it can't be stored
     */
    static long size(String what, String text) {
        var size = (long) text.length();
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            if (character >= 0x80) {
                if (!Character.isSurrogate(character)) {
                    size += character < 0x800 ? 1 : 2;
                } else if (Character.isSurrogatePair(character, i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    size += 2;
                    i++;
                } else {
                    throw refused(what, "half of a surrogate pair", character, i);
                }
            } else if (character == 0) {
                throw refused(what, "the character NUL", character, i);
            }
        }
        return size;
    }

    private static IllegalArgumentException refused(String what, String why, char character, int index) {
        return new IllegalArgumentException(String.format(
                Locale.ROOT, "%s can't be stored: it has %s, U+%04X, at index %d", what, why, (int) character, index));
    }
}

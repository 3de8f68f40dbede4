package dev.aegis.cli.git;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A file as git knows it.
 *
 * @param path from the root, with slashes
 * @param mode git's, such as {@code 100644}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SourceFile(String path, String mode, byte[] content) {
    public static final String REGULAR = "100644";
    private static final int EXAMINED = 8000;

    public static SourceFile of(String path, String text) {
        return new SourceFile(path, REGULAR, text.getBytes(UTF_8));
    }

    public String text() {
        return new String(content, UTF_8);
    }

    public SourceFile withText(String text) {
        return new SourceFile(path, mode, text.getBytes(UTF_8));
    }

    public SourceFile withPath(String path) {
        return new SourceFile(path, mode, content);
    }

    public String folder() {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }

    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether it is binary by the rule of git: a zero among the first bytes. */
    public boolean binary() {
        for (var i = 0; i < content.length && i < EXAMINED; i++) {
            if (content[i] == 0) {
                return true;
            }
        }
        return false;
    }
}

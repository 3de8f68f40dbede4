package dev.aegis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The names of the settings that {@code .env.example} documents, in its order. */
final class DocumentedSettings {
    private static final Pattern SETTING = Pattern.compile("(?m)^#?([A-Z][A-Z0-9_]*)=");

    private DocumentedSettings() {}

    static List<String> names() {
        try {
            return SETTING.matcher(Files.readString(Commands.PROJECT.resolve(".env.example")))
                    .results()
                    .map(setting -> setting.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.aegis.bench.soak.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Says what happens, and keeps the files of a run. */
public final class Log {

    private final Path folder;
    private final long begun = System.nanoTime();

    private Log(Path folder) {
        this.folder = folder;
    }

    /** A log in an empty folder of its own. */
    public static Log of(long seed) {
        var folder = Path.of("target", "soak", Long.toString(seed)).toAbsolutePath();
        try {
            if (Files.exists(folder)) {
                try (var files = Files.list(folder)) {
                    for (var file : files.toList()) {
                        Files.delete(file);
                    }
                }
            }
            return new Log(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void say(String line) {
        System.out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - begun) / 1e9, line);
    }

    public Path file(String name) {
        return folder.resolve(name);
    }
}

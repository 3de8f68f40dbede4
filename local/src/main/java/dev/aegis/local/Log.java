package dev.aegis.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The lines of all parts of the system, each behind the name of its part: on the terminal and, without colours, in a file. */
final class Log {
    private final PrintWriter file;
    private final Colours colours;

    /** Begins a new file; the one of the run before stays beside it as {@code aegis.log.1}. */
    Log(Path file, Colours colours) {
        this.colours = colours;
        try {
            if (Files.exists(file)) {
                Files.move(file, Path.of(file + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            this.file = new PrintWriter(Files.newBufferedWriter(file), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void line(String part, String text) {
        var line = "%-9s | %s".formatted(part, text);
        System.out.println(colours.paint(line));
        file.println(line);
    }

    /** What is for the person at the terminal alone. */
    synchronized void show(String text) {
        System.out.println(text);
    }
}

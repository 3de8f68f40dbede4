package dev.aegis.local;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The log of all processes, each line after the name of its process: on the terminal and, without colours, in a file. */
final class Log {
    private final PrintWriter file;
    private final Colours colours;

    /** Starts a new file; that of the previous run is kept as {@code aegis.log.1}. */
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

    synchronized void line(String process, String text) {
        var line = "%-9s | %s".formatted(process, text);
        System.out.println(colours.paint(line));
        file.println(line);
    }

    /** Shows text on the terminal only. */
    synchronized void show(String text) {
        System.out.println(text);
    }
}

package dev.aegis.local;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What runs, written down for the other commands, and for the start after a crash.
 *
 * @param ready whether the system has been healthy since its start
 * @param parts the processes by name; {@code aegis} is the launcher's own
 */
record State(boolean ready, Map<String, Part> parts) {
    private static final String LAUNCHER = "aegis";

    static State starting() {
        return new State(false, Map.of(LAUNCHER, Part.of(ProcessHandle.current())));
    }

    State with(String name, ProcessHandle process) {
        var all = new TreeMap<>(parts);
        all.put(name, Part.of(process));
        return new State(ready, all);
    }

    State nowReady() {
        return new State(true, parts);
    }

    /** The launcher, as long as it runs. */
    Optional<ProcessHandle> launcher() {
        return Optional.ofNullable(parts.get(LAUNCHER)).flatMap(Part::running);
    }

    void save(Path home) {
        var properties = new Properties();
        properties.setProperty("ready", Boolean.toString(ready));
        parts.forEach((name, part) -> properties.setProperty("process." + name, part.pid() + " " + part.started()));
        try {
            var text = new StringWriter();
            properties.store(text, null);
            var fresh = Files.writeString(home.resolve("running.properties.new"), text.toString());
            Files.move(fresh, file(home), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state that was saved last, of a system that runs or of one that came to a sudden end. */
    static Optional<State> load(Path home) {
        if (!Files.exists(file(home))) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file(home))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var parts = new TreeMap<String, Part>();
        properties.forEach((key, value) -> {
            if (key.toString().startsWith("process.")) {
                var process = value.toString().split(" ", 2);
                parts.put(
                        key.toString().substring("process.".length()),
                        new Part(Long.parseLong(process[0]), Instant.parse(process[1])));
            }
        });
        return Optional.of(new State(Boolean.parseBoolean(properties.getProperty("ready")), parts));
    }

    static void forget(Path home) {
        try {
            Files.deleteIfExists(file(home));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path home) {
        return home.resolve("running.properties");
    }
}

package dev.aegis.local;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What is running, saved for the other commands and for the start after a crash.
 *
 * @param ready whether the system has been healthy since its start
 * @param processes by name; {@code aegis} is the launcher's own
 * @param addresses the ports and the address that it was started with
 */
record State(boolean ready, Map<String, ManagedProcess> processes, Map<String, String> addresses) {
    private static final String LAUNCHER = "aegis";
    private static final String PROCESS = "process.";
    private static final String SETTING = "setting.";

    static State starting(Map<String, String> addresses) {
        return new State(false, Map.of(LAUNCHER, ManagedProcess.of(ProcessHandle.current())), addresses);
    }

    State with(String name, ProcessHandle process) {
        var all = new TreeMap<>(processes);
        all.put(name, ManagedProcess.of(process));
        return new State(ready, all, addresses);
    }

    State nowReady() {
        return new State(true, processes, addresses);
    }

    /** The launcher, while it runs. */
    Optional<ProcessHandle> launcher() {
        return Optional.ofNullable(processes.get(LAUNCHER)).flatMap(ManagedProcess::running);
    }

    void save(Path home) {
        var properties = new Properties();
        properties.setProperty("ready", Boolean.toString(ready));
        processes.forEach(
                (name, process) -> properties.setProperty(PROCESS + name, process.pid() + " " + process.startId()));
        addresses.forEach((name, value) -> properties.setProperty(SETTING + name, value));
        try {
            var text = new StringWriter();
            properties.store(text, null);
            var fresh = Files.writeString(home.resolve("running.properties.new"), text.toString());
            Files.move(fresh, file(home), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The state that was saved last, of a running system or of one that crashed. */
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
        var processes = new TreeMap<String, ManagedProcess>();
        withPrefix(PROCESS, properties).forEach((name, value) -> {
            var pidAndStartId = value.split(" ", 2);
            processes.put(name, new ManagedProcess(Long.parseLong(pidAndStartId[0]), pidAndStartId[1]));
        });
        return Optional.of(new State(
                Boolean.parseBoolean(properties.getProperty("ready")), processes, withPrefix(SETTING, properties)));
    }

    private static Map<String, String> withPrefix(String prefix, Properties properties) {
        var found = new TreeMap<String, String>();
        for (var name : properties.stringPropertyNames()) {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), properties.getProperty(name));
            }
        }
        return found;
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

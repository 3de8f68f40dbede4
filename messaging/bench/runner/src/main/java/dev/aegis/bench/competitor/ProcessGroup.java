package dev.aegis.bench.competitor;

import dev.aegis.bench.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The processes of one library. */
public final class ProcessGroup implements AutoCloseable {

    private final String name;
    private final List<Child> children = new ArrayList<>();

    private ProcessGroup(String name) {
        this.name = name;
    }

    /** Starts the processes; the first one makes the tables. */
    static ProcessGroup start(
            String name,
            int processes,
            List<String> command,
            Map<String, String> environment,
            Path folder,
            Duration limit) {
        var group = new ProcessGroup(name);
        try {
            for (var i = 1; i <= processes; i++) {
                group.children.add(Child.start(name + "-" + i, command, environment, folder));
                if (i == 1) {
                    group.first().ask("prepare", limit);
                }
            }
            Progress.say("%s is ready (%s)", name, group.version());
            return group;
        } catch (RuntimeException e) {
            group.close();
            throw e;
        }
    }

    public String version() {
        return first().version();
    }

    /** Has its first process do something, and waits for the result. */
    public String ask(String command, Duration limit) {
        return first().ask(command, limit);
    }

    /** Has its last process do something. */
    public String askLast(String command, Duration limit) {
        return children.get(children.size() - 1).ask(command, limit);
    }

    /** The times, in nanoseconds, that messages were under way which arrived since the last call. */
    public List<Long> takePickups() {
        return children.stream().flatMap(child -> child.takePickups().stream()).toList();
    }

    String name() {
        return name;
    }

    List<Child> first(int processes) {
        return children.subList(0, processes);
    }

    @Override
    public void close() {
        children.forEach(Child::close);
    }

    private Child first() {
        return children.get(0);
    }
}

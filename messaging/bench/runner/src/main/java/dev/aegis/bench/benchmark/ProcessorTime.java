package dev.aegis.bench.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processor time of processes and their children, those that ended included, as Linux tells it. */
record ProcessorTime(List<Long> processes) {

    private static final Path PROC = Path.of("/proc");
    // What the kernel counts for user space: the same on all platforms that matter.
    private static final double TICKS_PER_SECOND = 100;

    /** Whether this machine tells. */
    static boolean isKnown() {
        return Files.isReadable(PROC.resolve("self").resolve("stat"));
    }

    /** The seconds that they have used until now. */
    double seconds() {
        return processes.stream().mapToLong(ProcessorTime::ticks).sum() / TICKS_PER_SECOND;
    }

    private static long ticks(long process) {
        var children = ProcessHandle.of(process).stream().flatMap(ProcessHandle::children);
        var ofChildren = children.mapToLong(child -> ticks(child.pid())).sum();
        // User and system time of its own, and of those of its children that have ended.
        return ofChildren
                + Stream.of(11, 12, 13, 14)
                        .mapToLong(field -> field(process, field))
                        .sum();
    }

    /** A field of its line in /proc, counted from the one after the name; 0 when it has ended. */
    private static long field(long process, int number) {
        try {
            var line = Files.readString(PROC.resolve(String.valueOf(process)).resolve("stat"));
            return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ")[number]);
        } catch (IOException e) {
            return 0;
        }
    }
}

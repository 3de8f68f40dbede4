package dev.aegis.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of the running system, told from any other that had or will have the same number.
 *
 * @param begun when it began, in whatever words the system has for it that no clock changes: on Linux the ticks since the start
 *     of the machine, with the number of that start
 */
record Part(long pid, String begun) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** The field of {@code /proc/PID/stat} that holds the ticks, counted from behind the name in parentheses. */
    private static final int TICKS = 20;

    /** What a process is called whose begin cannot be told. It is never taken for another, nor for itself. */
    private static final String UNKNOWN = "unknown";

    static Part of(ProcessHandle process) {
        return new Part(process.pid(), begin(process));
    }

    /** The process, as long as it runs. */
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !begun.equals(UNKNOWN) && begun.equals(begin(process)))
                .filter(process -> !isZombie(pid));
    }

    /** Whether the process has ended and waits for a parent that never asks, as it happens in containers without an init. */
    static boolean isZombie(long pid) {
        return stat(pid).filter(fields -> fields[1].equals("Z")).isPresent();
    }

    private static String begin(ProcessHandle process) {
        return stat(process.pid())
                .map(fields -> fields[TICKS] + "@" + boot())
                .or(() -> process.info().startInstant().map(Instant::toString))
                .orElse(UNKNOWN);
    }

    private static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** What Linux says of a process, from the parenthesis behind its name on: its state is the field after that. */
    private static Optional<String[]> stat(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return Optional.of(stat.substring(stat.lastIndexOf(')')).split(" ", -1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

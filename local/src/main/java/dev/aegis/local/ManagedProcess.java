package dev.aegis.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of the running system, distinguished from any other that had or will have the same pid.
 *
 * @param startId tells when the process started, independent of the clock: on Linux the ticks since the machine was booted, with
 *     the id of that boot
 */
record ManagedProcess(long pid, String startId) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** The field of {@code /proc/PID/stat} that holds the ticks, counted from the end of the name in parentheses. */
    private static final int TICKS = 20;

    /** The start id of a process whose start cannot be determined; it matches no process. */
    private static final String UNKNOWN = "unknown";

    static ManagedProcess of(ProcessHandle process) {
        return new ManagedProcess(process.pid(), startIdOf(process));
    }

    /** The process, as long as it runs. */
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !startId.equals(UNKNOWN) && startId.equals(startIdOf(process)))
                .filter(process -> !isZombie(pid));
    }

    /** Whether the process has ended but its parent has not waited for it, as in containers without an init. */
    static boolean isZombie(long pid) {
        return stat(pid).filter(fields -> fields[1].equals("Z")).isPresent();
    }

    private static String startIdOf(ProcessHandle process) {
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

    /** The fields that Linux has of a process, from the parenthesis after its name; the next one is its state. */
    private static Optional<String[]> stat(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return Optional.of(stat.substring(stat.lastIndexOf(')')).split(" ", -1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

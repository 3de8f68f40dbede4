package dev.aegis.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** A process of the running system, told from a later one of the same number by its start. */
record Part(long pid, Instant started) {

    static Part of(ProcessHandle process) {
        return new Part(process.pid(), start(process));
    }

    /** The process, as long as it runs. */
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> start(process).equals(started))
                .filter(process -> !isZombie(pid));
    }

    /** Whether the process has ended and waits for a parent that never asks, as it happens in containers without an init. */
    static boolean isZombie(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException e) {
            return false;
        }
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}

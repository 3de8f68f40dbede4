package dev.aegis.local;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Allows one launcher at a time for each home. The operating system releases the lock of a process that dies. */
final class Lock implements AutoCloseable {
    private final Path home;
    private final FileChannel channel;

    private Lock(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /** Takes the lock. If another process has it, the exception names it. */
    static Lock take(Path home) {
        try {
            Files.createDirectories(home);
            var channel = FileChannel.open(home.resolve("lock"), CREATE, WRITE);
            if (channel.tryLock() != null) {
                return new Lock(home, channel);
            }
            channel.close();
        } catch (AccessDeniedException e) {
            throw new CliException("Data, logs and state are kept in " + home.toAbsolutePath()
                    + ", and this user may not write there: give the user that right, or use a copy of the project"
                    + " that belongs to the user.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var who = State.load(home)
                .flatMap(State::launcher)
                .map(launcher -> " as process " + launcher.pid())
                .orElse("");
        throw new CliException("Aegis is already running in this folder" + who
                + ": `make status` shows its addresses, `make logs` follows its log, and `make stop` stops it.");
    }

    /** The home that this lock is for. */
    Path home() {
        return home;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

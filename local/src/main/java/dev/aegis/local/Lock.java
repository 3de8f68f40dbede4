package dev.aegis.local;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One launcher at a time for each home. The operating system frees the lock of a process that dies. */
final class Lock implements AutoCloseable {
    private final Path home;
    private final FileChannel channel;

    private Lock(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /** Takes the lock, or says who has it. */
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
                    + ", and this user may not write there: give it that right, or take a copy of the project"
                    + " that is its own.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var who = State.load(home)
                .flatMap(State::launcher)
                .map(launcher -> " as process " + launcher.pid())
                .orElse("");
        throw new CliException("Aegis runs already on this folder" + who
                + ": `make status` shows its addresses, `make logs` follows it, " + "and `make stop` ends it.");
    }

    /** The home that nobody else uses while this lock is held. */
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

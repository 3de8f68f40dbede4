package dev.aegis.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A small shell beside the launcher that ends the services, and then the database, when the launcher itself is killed: it is
 * told their numbers through a pipe, and the pipe ends with the launcher, whatever ended that.
 */
final class Watchdog implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            numbers=
            while read -r line; do numbers=$line; done
            set -- $numbers
            [ $# -gt 0 ] || exit 0
            database=$1; shift
            [ $# -eq 0 ] || kill -TERM "$@" 2>/dev/null
            tries=0
            while [ $# -gt 0 ] && kill -0 "$@" 2>/dev/null && [ $tries -lt 20 ]; do sleep 0.5; tries=$((tries + 1)); done
            [ $# -eq 0 ] || kill -KILL "$@" 2>/dev/null
            [ "$database" = 0 ] || kill -INT "$database" 2>/dev/null
            """;

    private final PrintStream pipe;

    private Watchdog(PrintStream pipe) {
        this.pipe = pipe;
    }

    static Watchdog start() {
        try {
            var shell = new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return new Watchdog(new PrintStream(shell.getOutputStream(), true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces what is watched. A database of 0 stands for none. */
    void watch(long database, Collection<Long> services) {
        pipe.println(services.stream().map(String::valueOf).collect(Collectors.joining(" ", database + " ", "")));
    }

    /** Ends the watch, with nothing left to end. */
    @Override
    public void close() {
        pipe.println();
        pipe.close();
    }
}

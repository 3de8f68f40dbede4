package dev.aegis.local;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shell process that stops the services, and then the database, when the launcher is killed. It gets their pids
 * through a pipe, which is closed when the launcher ends for whatever reason.
 */
final class Watchdog implements AutoCloseable {
    private static final ManagedProcess NONE = new ManagedProcess(0, "");

    /**
     * Signals a process only if it is still the one that was watched, since its pid may have been reused by another program. Where
     * the machine has no /proc, the time of the start is looked up when the pid arrives.
     */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)
            start_id() {
                [ "$1" != 0 ] || return 0 # no process: kill 0 would signal the whole group
                if [ -n "$boot" ]; then
                    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
                    set -- ${stat##*) }
                    echo "${20}@$boot"
                else
                    ps -o lstart= -p "$1"
                fi
            }
            known() { [ -n "${1#*:}" ] && [ "$(start_id "${1%%:*}")" = "${1#*:}" ]; }
            signal() { ! known "$2" || kill "-$1" "${2%%:*}"; }
            living() { for one; do ! known "$one" || ! kill -0 "${one%%:*}" || return 0; done; return 1; }

            watched=
            while read -r line; do
                watched=
                for one in $line; do
                    [ -n "$boot" ] || one=${one%%:*}:$(start_id "${one%%:*}")
                    watched="$watched$one|"
                done
            done
            IFS='|'
            set -- $watched
            IFS=' '
            [ $# -gt 0 ] || exit 0
            database=$1; shift
            for one; do signal TERM "$one"; done
            tries=0
            while living "$@" && [ $tries -lt 20 ]; do sleep 0.5; tries=$((tries + 1)); done
            for one; do signal KILL "$one"; done
            signal INT "$database"
            """;

    private final PrintStream pipe;

    /** @param pipe the standard input of the {@link #shell()} */
    Watchdog(OutputStream pipe) {
        this.pipe = new PrintStream(pipe, true);
    }

    static ProcessBuilder shell() {
        return new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
    }

    static Watchdog start() {
        try {
            return new Watchdog(shell().start().getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces what is watched. */
    void watch(Optional<ManagedProcess> database, Collection<ManagedProcess> services) {
        pipe.println(Stream.concat(Stream.of(database.orElse(NONE)), services.stream())
                .map(process -> process.pid() + ":" + process.startId())
                .collect(Collectors.joining(" ")));
    }

    /** Ends the shell without stopping anything. */
    @Override
    public void close() {
        pipe.println();
        pipe.close();
    }
}

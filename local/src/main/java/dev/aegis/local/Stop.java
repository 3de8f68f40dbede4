package dev.aegis.local;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code stop}: asks the launcher to stop everything, and waits until it has. */
final class Stop {
    private static final long SECONDS = 60;

    private final Settings settings;

    Stop(Settings settings) {
        this.settings = settings;
    }

    void run() throws InterruptedException, ExecutionException {
        var launcher = State.load(settings.home()).flatMap(State::launcher);
        if (launcher.isEmpty()) {
            System.out.println("Nothing is running.");
            return;
        }
        launcher.get().destroy();
        try {
            launcher.get().onExit().get(SECONDS, TimeUnit.SECONDS);
            System.out.println("Stopped.");
        } catch (TimeoutException e) {
            throw new CliException("Aegis, process " + launcher.get().pid() + ", does not stop within " + SECONDS
                    + " seconds: `make logs` shows what it waits for, `kill -9 "
                    + launcher.get().pid()
                    + "` ends it at once, and the next start cleans up.");
        }
    }
}

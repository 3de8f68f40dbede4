package dev.aegis.local;

import java.util.concurrent.atomic.AtomicInteger;

/** {@code serve}: runs the system in the foreground, until Ctrl-C or {@code stop}. */
final class Serve {
    private final Settings settings;
    private final Colours colours;

    Serve(Settings settings, Colours colours) {
        this.settings = settings;
        this.colours = colours;
    }

    void run() throws InterruptedException {
        try (var lock = Lock.take(settings.home())) {
            var log = new Log(settings.home().resolve("aegis.log"), colours);
            StaleProcessCleanup.end(lock, log);
            Preflight.check(settings);
            var launcher = new Launcher(settings, log);
            var exitCode = new AtomicInteger();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(launcher, exitCode), "stop"));
            try {
                launcher.start();
                log.show(ReadyBanner.text(settings));
                launcher.awaitFailure();
            } catch (RuntimeException e) {
                exitCode.set(1);
                launcher.stop();
                throw e;
            }
        }
    }

    /** Halts, because a requested stop is a success, and the JVM's exit code after a signal would say otherwise. */
    private static void stop(Launcher launcher, AtomicInteger exitCode) {
        try {
            launcher.stop();
        } catch (InterruptedException e) {
            exitCode.set(1);
        }
        System.out.flush();
        Runtime.getRuntime().halt(exitCode.get());
    }
}

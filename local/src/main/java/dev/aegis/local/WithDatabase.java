package dev.aegis.local;

import java.io.IOException;
import java.util.List;

/**
 * {@code with-database}: runs a command with the embedded database, which DATABASE_URL names. The command has all
 * settings and the ports of all services in its environment.
 */
final class WithDatabase {
    private final Settings settings;

    WithDatabase(Settings settings) {
        this.settings = settings;
    }

    /** Returns the command's exit code. */
    int run(List<String> command) throws IOException, InterruptedException {
        try (var lock = Lock.take(settings.home())) {
            StaleProcessCleanup.end(lock, new Log(settings.home().resolve("aegis.log"), new Colours(false)));
            Preflight.database(settings);
            var builder = new ProcessBuilder(command).inheritIO();
            settings.exportTo(builder.environment());
            Service.all(settings).forEach(service -> builder.environment()
                    .put(service.portSetting(), Integer.toString(service.port())));
            if (settings.externalDatabase().isPresent()) {
                return builder.start().waitFor();
            }
            var postgres = Postgres.start(settings);
            var process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, postgres), "stop"));
            return process.waitFor();
        }
    }

    /** Ctrl-C reaches the command too, which then ends by itself. */
    private static void stop(Process process, Postgres postgres) {
        process.toHandle().destroy();
        process.onExit().join();
        postgres.close();
    }
}

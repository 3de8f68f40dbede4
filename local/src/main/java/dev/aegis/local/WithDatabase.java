package dev.aegis.local;

import java.io.IOException;
import java.util.List;

/** {@code with-database}: the embedded database alone, for as long as a command runs that finds it in DATABASE_URL. */
final class WithDatabase {
    private final Settings settings;

    WithDatabase(Settings settings) {
        this.settings = settings;
    }

    /** Returns the command's exit code. */
    int run(List<String> command) throws IOException, InterruptedException {
        try (var lock = Lock.take(settings.home());
                var log = new Log(settings.home().resolve("aegis.log"), System.out, new Colours(false))) {
            Leftovers.end(settings.home(), log);
            var builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(settings.values());
            builder.environment().put("DATABASE_URL", settings.databaseUrl());
            if (settings.externalDatabase().isPresent()) {
                return builder.start().waitFor();
            }
            var postgres = Postgres.start(settings.home(), settings.databasePort());
            var stop = new Thread(postgres::close, "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            return builder.start().waitFor();
        }
    }
}

package dev.aegis.local;

import dev.aegis.platform.database.DatabaseUrl;

/** {@code url}: where psql finds the database of the system that runs. */
final class Url {
    private final Settings settings;

    Url(Settings settings) {
        this.settings = settings;
    }

    void run() {
        if (settings.externalDatabase().isEmpty()
                && Postgres.runningOn(settings.home().resolve("postgres")).isEmpty()) {
            throw new CliException("Nothing runs: `make up` starts everything.");
        }
        System.out.println(LibpqUrl.of(DatabaseUrl.parse(settings.databaseUrl())));
    }
}

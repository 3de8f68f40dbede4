package dev.aegis.local;

import dev.aegis.platform.database.DatabaseUrl;

/** {@code url}: prints the URL of the running system's database for psql. */
final class Url {
    private final Settings settings;

    Url(Settings settings) {
        this.settings = settings;
    }

    void run() {
        if (settings.externalDatabase().isEmpty()
                && Postgres.runningOn(settings.home().resolve("postgres")).isEmpty()) {
            throw new CliException("Nothing is running: `make up` starts everything.");
        }
        System.out.println(LibpqUrl.of(DatabaseUrl.parse(settings.databaseUrl())));
    }
}

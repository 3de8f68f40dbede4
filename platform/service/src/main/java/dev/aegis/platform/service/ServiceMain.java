package dev.aegis.platform.service;

import dev.aegis.platform.database.DatabaseUrl;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Locale;
import java.util.Optional;

/** Starts a service if DATABASE_URL, its only required setting, is valid; dev mode has a database without it. */
@QuarkusMain
public class ServiceMain {

    /** The exit code of a service that was started with invalid settings. */
    static final int INVALID_SETTINGS = 2;

    /** Set in dev mode by dev.aegis.testing.DevDatabase: there is a database without the setting. */
    private static final String DEV_DATABASE = "aegis.dev.database-url";

    public static void main(String... args) {
        useRootLocaleForFormats();
        var settings = settings();
        var databaseUrl = settings.getOptionalValue(DatabaseUrl.SETTING, String.class);
        if (databaseUrl.isEmpty() && System.getProperty(DEV_DATABASE) != null) {
            Quarkus.run(args);
            return;
        }
        problem(databaseUrl, settings.getOptionalValue(DatabaseUrl.MIGRATION_SETTING, String.class))
                .ifPresentOrElse(ServiceMain::refuse, () -> Quarkus.run(args));
    }

    /** Logs and messages of libraries then have ASCII digits and no localized words, whatever the locale of the machine. */
    static void useRootLocaleForFormats() {
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    }

    /** What is wrong with the settings, in a sentence without a password; empty if they are valid. */
    static Optional<String> problem(Optional<String> databaseUrl, Optional<String> migrationUrl) {
        if (databaseUrl.isEmpty()) {
            return Optional.of("DATABASE_URL is not set. Set it to postgresql://user:password@host:5432/database.");
        }
        return problem(DatabaseUrl.SETTING, databaseUrl.get()).or(() -> migrationUrl
                .filter(url -> !url.isBlank())
                .flatMap(url -> problem(DatabaseUrl.MIGRATION_SETTING, url)));
    }

    private static Optional<String> problem(String setting, String url) {
        try {
            DatabaseUrl.parse(url);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(setting + " is invalid: " + e.getMessage() + ".");
        }
    }

    /**
     * Read as Quarkus, which is not running yet, will read them: system properties, the environment, a file {@code
     * .env}.
     */
    private static SmallRyeConfig settings() {
        return new SmallRyeConfigBuilder()
                .addSystemSources()
                .withSources(DotEnvConfigSourceProvider.dotEnvSources(ServiceMain.class.getClassLoader()))
                .build();
    }

    private static void refuse(String problem) {
        System.err.println(problem);
        System.exit(INVALID_SETTINGS);
    }
}

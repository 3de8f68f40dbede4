package dev.aegis.model.service;

import dev.aegis.model.database.DatabaseUrl;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Locale;
import java.util.Optional;

/** Starts a service, if the one setting that it cannot do without is right. */
@QuarkusMain
public class ServiceMain {

    /** The exit code of a service that was started with wrong settings. */
    static final int WRONG_SETTINGS = 2;

    public static void main(String... args) {
        formatAsMachinesRead();
        problem(databaseUrl()).ifPresentOrElse(ServiceMain::refuse, () -> Quarkus.run(args));
    }

    /** Logs too, and what libraries write: with the digits 0 to 9 and without words of a language, wherever a service runs. */
    static void formatAsMachinesRead() {
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    }

    /** What is wrong with the setting, in a sentence without the password; empty if nothing is. */
    static Optional<String> problem(Optional<String> databaseUrl) {
        if (databaseUrl.isEmpty()) {
            return Optional.of("DATABASE_URL is not set. Set it to postgresql://user:password@host:5432/database.");
        }
        try {
            DatabaseUrl.parse(databaseUrl.get());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("DATABASE_URL is wrong: " + e.getMessage() + ".");
        }
    }

    /** As Quarkus will find it, which does not run yet: a system property, the environment, or a file {@code .env}. */
    private static Optional<String> databaseUrl() {
        return new SmallRyeConfigBuilder()
                .addSystemSources()
                .withSources(DotEnvConfigSourceProvider.dotEnvSources(ServiceMain.class.getClassLoader()))
                .build()
                .getOptionalValue(DatabaseUrl.SETTING, String.class);
    }

    private static void refuse(String problem) {
        System.err.println(problem);
        System.exit(WRONG_SETTINGS);
    }
}

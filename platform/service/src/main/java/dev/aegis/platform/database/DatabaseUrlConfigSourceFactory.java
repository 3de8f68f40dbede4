package dev.aegis.platform.database;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Turns DATABASE_URL into the settings of the datasource, and in dev mode the datasource of Dev Services into DATABASE_URL. */
public final class DatabaseUrlConfigSourceFactory implements ConfigSourceFactory {

    /** The {@code application_name} of this process in {@code pg_stat_activity}. */
    static final String APPLICATION_NAME = "aegis.database.application-name";

    private static final String JDBC = "jdbc:postgresql://";

    private static final String BACKSLASH = "aegis.backslash";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        return value(context, DatabaseUrl.SETTING)
                .or(() -> ofDevServices(context))
                .map(url ->
                        sources(url, value(context, "quarkus.application.name").orElse("aegis")))
                .orElse(List.of());
    }

    private static List<ConfigSource> sources(String url, String service) {
        DatabaseUrl database;
        try {
            database = Connections.forWork(DatabaseUrl.parse(url), service);
        } catch (IllegalArgumentException e) {
            // ServiceMain reports it and exits; a build must not fail because of it.
            return List.of();
        }
        var settings = new HashMap<String, String>();
        settings.put(DatabaseUrl.SETTING, literal(url));
        settings.put("quarkus.datasource.active", "true");
        settings.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
        settings.put("quarkus.datasource.username", literal(database.user()));
        Optional.ofNullable(database.password())
                .ifPresent(password -> settings.put("quarkus.datasource.password", literal(password)));
        Optional.ofNullable(database.parameters().get(Connections.APPLICATION_NAME))
                .ifPresent(name -> settings.put(APPLICATION_NAME, literal(name)));
        settings.put(BACKSLASH, "\\");
        return List.of(new Unlisted(settings));
    }

    private static Optional<String> ofDevServices(ConfigSourceContext context) {
        return value(context, "quarkus.datasource.jdbc.url")
                .filter(url -> url.startsWith(JDBC))
                .map(url -> "postgresql://"
                        + Percent.encode(
                                value(context, "quarkus.datasource.username").orElse("")) + ":"
                        + Percent.encode(
                                value(context, "quarkus.datasource.password").orElse("")) + "@"
                        + url.substring(JDBC.length()));
    }

    /** Escapes dollar signs and backslashes, which the configuration would interpret. */
    private static String literal(String value) {
        return value.replace("$", "$$").replace("\\", "${" + BACKSLASH + "}");
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        return Optional.ofNullable(context.getValue(name).getValue()).filter(value -> !value.isBlank());
    }

    /**
     * Has the settings, but does not list them, because a build copies all listed settings, the password included, into the
     * service. The one that is listed makes Quarkus look up the others.
     */
    private static final class Unlisted extends PropertiesConfigSource {

        /** Above application.properties (250), below the environment (300), which can still override each setting. */
        private static final int ORDINAL = 275;

        Unlisted(Map<String, String> settings) {
            super(settings, DatabaseUrl.SETTING, ORDINAL);
        }

        @Override
        public Set<String> getPropertyNames() {
            return Set.of("quarkus.datasource.active");
        }
    }
}

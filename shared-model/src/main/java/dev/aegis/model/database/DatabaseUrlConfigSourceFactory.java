package dev.aegis.model.database;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Turns DATABASE_URL into the settings of the datasource. */
public final class DatabaseUrlConfigSourceFactory implements ConfigSourceFactory {

    /** Above application.properties (250), below the environment (300), where a single setting can still be replaced. */
    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        return value(context, DatabaseUrl.SETTING)
                .map(url ->
                        sources(url, value(context, "quarkus.application.name").orElse("aegis")))
                .orElse(List.of());
    }

    private static List<ConfigSource> sources(String url, String service) {
        DatabaseUrl database;
        try {
            database = Connections.forWork(DatabaseUrl.parse(url), service);
        } catch (IllegalArgumentException e) {
            // ServiceMain has said what is wrong and ended the service; a build must not fail for it.
            return List.of();
        }
        var settings = new HashMap<String, String>();
        settings.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
        settings.put("quarkus.datasource.username", database.user());
        Optional.ofNullable(database.password())
                .ifPresent(password -> settings.put("quarkus.datasource.password", password));
        return List.of(new PropertiesConfigSource(Map.copyOf(settings), DatabaseUrl.SETTING, ORDINAL));
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        return Optional.ofNullable(context.getValue(name).getValue()).filter(value -> !value.isBlank());
    }
}

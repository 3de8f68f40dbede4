package dev.aegis.messaging.internal;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;

/** Notes which settings are asked for. For one thread. */
final class RecordingConfig implements Config {

    private final Config config;
    private final Set<String> names = new HashSet<>();

    RecordingConfig(Config config) {
        this.config = config;
    }

    /** The names that were asked for. */
    Set<String> names() {
        return names;
    }

    @Override
    public <T> T getValue(String name, Class<T> type) {
        names.add(name);
        return config.getValue(name, type);
    }

    @Override
    public ConfigValue getConfigValue(String name) {
        names.add(name);
        return config.getConfigValue(name);
    }

    @Override
    public <T> Optional<T> getOptionalValue(String name, Class<T> type) {
        names.add(name);
        return config.getOptionalValue(name, type);
    }

    @Override
    public Iterable<String> getPropertyNames() {
        return config.getPropertyNames();
    }

    @Override
    public Iterable<ConfigSource> getConfigSources() {
        return config.getConfigSources();
    }

    @Override
    public <T> Optional<Converter<T>> getConverter(Class<T> type) {
        return config.getConverter(type);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return config.unwrap(type);
    }
}

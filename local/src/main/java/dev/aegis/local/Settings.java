package dev.aegis.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import dev.aegis.platform.database.DatabaseUrl;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the user has set, in the environment or in {@code .env}.
 *
 * @param installation the project's folder, where the built services are
 * @param home where data, logs and the state of the running system are kept
 * @param values all settings by name; an empty value counts as not set
 */
record Settings(Path installation, Path home, Map<String, String> values) {
    private static final Set<String> ADDRESSES = Stream.concat(
                    Stream.of("POSTGRES_PORT", "BIND_ADDRESS"),
                    ServiceDefinition.ALL.stream().map(ServiceDefinition::portSetting))
            .collect(toSet());

    /** The role and the database of the embedded server, and its default password: the same as in the compose file. */
    static final String ROLE = "aegis";

    static final String DATABASE = "aegis_db";
    private static final String DEFAULT_PASSWORD = "aegis";

    /** The host of the database that Compose starts. */
    private static final String IN_COMPOSE = "postgres";

    static Settings load(Path installation, Path folder, Map<String, String> environment) {
        return new Settings(installation, folder.resolve(".aegis"), DotEnv.read(folder.resolve(".env"), environment));
    }

    /** A copy with the ports and the address of the running system, if there is one. */
    Settings ofRunningSystem() {
        var all = new HashMap<>(values);
        State.load(home)
                .filter(state -> state.launcher().isPresent())
                .map(State::addresses)
                .ifPresent(all::putAll);
        return new Settings(installation, home, all);
    }

    /** The ports and the address that are set. */
    Map<String, String> addresses() {
        var addresses = new HashMap<>(values);
        addresses.keySet().retainAll(ADDRESSES);
        return addresses;
    }

    String get(String name, String defaultValue) {
        var value = values.getOrDefault(name, "");
        return value.isBlank() ? defaultValue : value.strip();
    }

    String bindAddress() {
        return get("BIND_ADDRESS", "127.0.0.1");
    }

    /** The host by which programs on this machine reach the services. */
    String reachableHost() {
        return switch (bindAddress()) {
            case "127.0.0.1", "0.0.0.0", "::" -> "localhost";
            default -> bindAddress();
        };
    }

    /** The port that the setting names; of a range, which is for several replicas in Compose, the first. */
    int port(String name, int defaultPort) {
        var value = get(name, Integer.toString(defaultPort));
        if (!value.matches("\\d{1,5}(-\\d{1,5})?") || Integer.parseInt(value.split("-", 2)[0]) > 65535) {
            throw new CliException(name + "=" + value + " is not a port: give a number up to 65535, such as " + name
                    + "=" + defaultPort + ".");
        }
        return Integer.parseInt(value.split("-", 2)[0]);
    }

    int databasePort() {
        return port("POSTGRES_PORT", 5432);
    }

    /**
     * The database that the user runs elsewhere. Empty if DATABASE_URL is not set or names the host {@code postgres},
     * the one that Compose starts: here the embedded one takes its place.
     */
    Optional<DatabaseUrl> externalDatabase() {
        return namedDatabase().filter(url -> !isInCompose(url));
    }

    /** The database that the services use. */
    String databaseUrl() {
        return externalDatabase().isPresent() ? get(DatabaseUrl.SETTING, "") : embeddedDatabaseUrl();
    }

    /**
     * Puts all settings into the environment of a child process. With the embedded database, a DATABASE_MIGRATION_URL
     * would belong to another server and must not be used.
     */
    void exportTo(Map<String, String> environment) {
        environment.putAll(values);
        environment.put(DatabaseUrl.SETTING, databaseUrl());
        environment.put("BIND_ADDRESS", bindAddress());
        if (externalDatabase().isEmpty()) {
            environment.remove(DatabaseUrl.MIGRATION_SETTING);
        }
    }

    /** The password of the embedded database, found as for the one that Compose starts. */
    String databasePassword() {
        return namedDatabase()
                .filter(Settings::isInCompose)
                .map(DatabaseUrl::password)
                .orElseGet(() -> get("POSTGRES_PASSWORD", DEFAULT_PASSWORD));
    }

    /** With the parameters that DATABASE_URL has for the one in Compose. */
    private String embeddedDatabaseUrl() {
        var named = get(DatabaseUrl.SETTING, "");
        var parameters = named.indexOf('?') < 0 ? "" : named.substring(named.indexOf('?'));
        return "postgresql://" + ROLE + ":"
                + URLEncoder.encode(databasePassword(), UTF_8).replace("+", "%20") + "@localhost:" + databasePort()
                + "/" + DATABASE + parameters;
    }

    private Optional<DatabaseUrl> namedDatabase() {
        var url = get(DatabaseUrl.SETTING, "");
        try {
            return url.isEmpty() ? Optional.empty() : Optional.of(DatabaseUrl.parse(url));
        } catch (IllegalArgumentException e) {
            throw new CliException("DATABASE_URL is invalid: " + e.getMessage() + ".");
        }
    }

    private static boolean isInCompose(DatabaseUrl url) {
        return url.hosts().stream().allMatch(host -> host.name().equals(IN_COMPOSE));
    }
}

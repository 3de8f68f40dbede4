package dev.aegis.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the user has set, in the environment or in {@code .env}.
 *
 * @param installation the project's folder, where the built services are
 * @param home where data, logs and the state of the running system are kept
 * @param values all settings by name; an empty value counts as not set
 */
record Settings(Path installation, Path home, Map<String, String> values) {
    private static final Set<String> ADDRESSES =
            Set.of("API_PORT", "SCHEDULER_PORT", "WORKER_PORT", "POSTGRES_PORT", "BIND_ADDRESS");
    private static final Pattern HOSTS = Pattern.compile("postgres(?:ql)?://(?:[^@/]*@)?([^/?]*).*");

    static Settings load(Path installation, Path folder, Map<String, String> environment) {
        return new Settings(installation, folder.resolve(".aegis"), DotEnv.read(folder.resolve(".env"), environment));
    }

    /** The same, with the ports and the address of the system that runs, if one does. */
    Settings ofTheRunning() {
        var all = new HashMap<>(values);
        State.load(home)
                .filter(state -> state.launcher().isPresent())
                .map(State::addresses)
                .ifPresent(all::putAll);
        return new Settings(installation, home, all);
    }

    /** The settings of ports and address, as far as they are set. */
    Map<String, String> addresses() {
        var addresses = new HashMap<>(values);
        addresses.keySet().retainAll(ADDRESSES);
        return addresses;
    }

    String get(String name, String otherwise) {
        var value = values.getOrDefault(name, "");
        return value.isBlank() ? otherwise : value.strip();
    }

    String bindAddress() {
        return get("BIND_ADDRESS", "127.0.0.1");
    }

    /** Where a program on this machine reaches what is bound to the bind address. */
    String reachableHost() {
        return switch (bindAddress()) {
            case "127.0.0.1", "0.0.0.0", "::" -> "localhost";
            default -> bindAddress();
        };
    }

    /** The port that the setting names: of a range, which serves several replicas in Compose, the first. */
    int port(String name, int otherwise) {
        var value = get(name, Integer.toString(otherwise));
        if (!value.matches("\\d{1,5}(-\\d{1,5})?") || Integer.parseInt(value.split("-", 2)[0]) > 65535) {
            throw new Refusal(name + "=" + value + " is no port: give a number up to 65535, such as " + name + "="
                    + otherwise + ".");
        }
        return Integer.parseInt(value.split("-", 2)[0]);
    }

    int databasePort() {
        return port("POSTGRES_PORT", 5432);
    }

    /**
     * The database that the user runs elsewhere. None when DATABASE_URL is not set or names the host {@code postgres}, which is the
     * one that Compose starts: here the embedded one takes its place.
     */
    Optional<String> externalDatabase() {
        return Optional.of(get("DATABASE_URL", ""))
                .filter(url -> !url.isEmpty())
                .filter(url -> {
                    var hosts = HOSTS.matcher(url);
                    return !hosts.matches() || !hosts.group(1).matches("postgres(:\\d+)?");
                });
    }

    /** The database that the services use. */
    String databaseUrl() {
        return externalDatabase().orElse("postgresql://aegis:aegis@localhost:" + databasePort() + "/aegis_db");
    }
}

package dev.aegis.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A service in the list of services.
 *
 * @param port where it listens unless the user sets another
 * @param colour of its name in the log, as an ANSI code
 */
record ServiceDefinition(String name, int port, int colour) {
    /** All services, from the file {@code services}, which the commands of make read too. */
    static final List<ServiceDefinition> ALL = read();

    /** The name of the setting that moves the port. */
    String portSetting() {
        return name.toUpperCase(Locale.ROOT) + "_PORT";
    }

    private static List<ServiceDefinition> read() {
        try (var resource = Objects.requireNonNull(ServiceDefinition.class.getResourceAsStream("services"))) {
            return new String(resource.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" +", -1))
                    .map(columns -> new ServiceDefinition(
                            columns[0], Integer.parseInt(columns[1]), Integer.parseInt(columns[2])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

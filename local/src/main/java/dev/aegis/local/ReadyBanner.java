package dev.aegis.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;

/** What is shown when the system is ready: the addresses, and what to try. */
final class ReadyBanner {
    private ReadyBanner() {}

    static String text(Settings settings) {
        var text = template()
                .replace(
                        "@MODE@",
                        settings.externalDatabase().isPresent()
                                ? "three processes on this machine, on the database that DATABASE_URL names"
                                : "three processes on this machine, and PostgreSQL 16 with its data in "
                                        + settings.home().resolve("postgres"))
                .replace(
                        "@DATABASE@",
                        settings.externalDatabase().isPresent() ? "as in DATABASE_URL" : settings.databaseUrl());
        for (var service : Service.all(settings)) {
            text = text.replace(
                    "@" + service.name().toUpperCase(Locale.ROOT) + "@",
                    service.address().toString());
        }
        return text.replace(
                "@SERVICES@",
                Service.all(settings).stream()
                        .map(service -> "  %-11s %s".formatted(service.name(), service.address()))
                        .collect(joining("\n")));
    }

    private static String template() {
        try (var resource = Objects.requireNonNull(ReadyBanner.class.getResourceAsStream("ready.txt"))) {
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

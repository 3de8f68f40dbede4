package dev.aegis.worker.broker;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The worker with its inspections on AMQP, by the settings in amqp.properties and nothing else. Only what is lost on the way
 * to the broker is sent again sooner than it would be.
 */
public class Amqp implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new Properties();
        settings.putAll(Map.of(
                "aegis.relay.inspections-out.handler-timeout", "PT2S",
                "aegis.relay.inspections-out.retry.initial-delay", "PT0.1S",
                "aegis.relay.inspections-out.retry.max-delay", "PT1S"));
        try (var file = Amqp.class.getResourceAsStream("/amqp.properties")) {
            settings.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings.entrySet().stream().collect(Collectors.toMap(setting -> (String) setting.getKey(), setting ->
                (String) setting.getValue()));
    }
}

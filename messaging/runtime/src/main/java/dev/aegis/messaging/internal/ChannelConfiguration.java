package dev.aegis.messaging.internal;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.OUTGOING;

import dev.aegis.messaging.PostgresqlFailureHandler;
import dev.aegis.messaging.RetryPolicy;
import dev.aegis.messaging.internal.receive.IncomingSettings;
import dev.aegis.messaging.internal.send.OutgoingSettings;
import dev.aegis.messaging.internal.settings.ConnectorSettings;
import dev.aegis.messaging.internal.settle.FailureHandlers;
import dev.aegis.messaging.internal.store.QueueName;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Reads the settings of a channel. A wrong value ends the start of the application; an unknown name is warned of. */
final class ChannelConfiguration {

    private static final Logger LOG = Logger.getLogger(ChannelConfiguration.class);

    /** What the framework knows of a channel. */
    private static final Map<String, String> OF_THE_FRAMEWORK = Map.of(
            "connector", "string",
            "channel-name", "string",
            "enabled", "boolean",
            "broadcast", "boolean",
            "merge", "boolean",
            "concurrency", "int",
            "pausable", "boolean",
            "initially-paused", "boolean",
            "late-subscription", "boolean",
            "buffer-size", "int");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d{1,9}|[+-]?[12]\\d{9}");
    private static final Pattern TRUTH = Pattern.compile("true|false", Pattern.CASE_INSENSITIVE);

    private ChannelConfiguration() {}

    /** The failure strategies, by their names. */
    @FunctionalInterface
    interface FailureStrategies {

        /** @throws IllegalArgumentException when there is no strategy of that name, or it refuses a setting of the channel */
        PostgresqlFailureHandler create(String strategy, Config channel, RetryPolicy retry);
    }

    /** @throws IllegalArgumentException when a value is invalid; says which, and what would be valid */
    static IncomingSettings incoming(Config config, FailureStrategies strategies) {
        var attributes = new PostgresqlConnectorIncomingConfiguration(config);
        // With `concurrency` the framework copies the channel, and names the copies name$1, name$2, …
        var channel = attributes.getChannel().replaceFirst("\\$\\d+$", "");
        var prefix = "mp.messaging.incoming." + channel;
        checkValues(prefix, config, INCOMING);
        try {
            inRange(
                    "concurrency",
                    config.getOptionalValue("concurrency", Integer.class).orElse(1),
                    1000);
            inRange("batch-size", attributes.getBatchSize(), 10_000);
            var retry = new RetryPolicy(
                    attributes.getMaxAttempts(),
                    attributes.getRetryInitialDelay().orElse(Duration.ofSeconds(1)),
                    attributes.getRetryMaxDelay().orElse(Duration.ofMinutes(5)));
            var ofTheStrategy = new RecordingConfig(config);
            var failureHandler = strategies.create(attributes.getFailureStrategy(), ofTheStrategy, retry);
            warnOfUnknown(prefix, config, INCOMING, ofTheStrategy.names());
            return new IncomingSettings(
                    channel,
                    QueueName.checked(attributes.getQueue().orElse(channel)),
                    attributes.getTopic().map(QueueName::checkedTopic).orElse(null),
                    attributes.getPrefetch(),
                    attributes.getMaxInFlight(),
                    attributes.getBatch() ? attributes.getBatchSize() : 0,
                    attributes.getTransactionSize(),
                    attributes.getClusterConcurrency(),
                    attributes.getMaxPayloadSize(),
                    attributes.getPollInterval().orElse(Duration.ofSeconds(5)),
                    attributes.getHandlerTimeout().orElse(null),
                    retry.maxAttempts(),
                    FailureHandlers.abortOn(config),
                    failureHandler);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(prefix + ": " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException when a value is invalid; says which, and what would be valid */
    static OutgoingSettings outgoing(Config config) {
        var attributes = new PostgresqlConnectorOutgoingConfiguration(config);
        var channel = attributes.getChannel();
        var prefix = "mp.messaging.outgoing." + channel;
        checkValues(prefix, config, OUTGOING);
        warnOfUnknown(prefix, config, OUTGOING, Set.of());
        try {
            if (attributes.getTopic().isPresent() && attributes.getQueue().isPresent()) {
                throw new IllegalArgumentException("it sends to a queue or to a topic, not to both");
            }
            return new OutgoingSettings(
                    channel,
                    attributes
                            .getTopic()
                            .map(QueueName::checkedTopic)
                            .orElseGet(() ->
                                    QueueName.checked(attributes.getQueue().orElse(channel))),
                    attributes.getTopic().isPresent(),
                    attributes.getMaxPayloadSize());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(prefix + ": " + e.getMessage(), e);
        }
    }

    private static void inRange(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " is from 1 to " + max + ", not " + value);
        }
    }

    /**
     * @param channel how the settings of the channel begin, as in {@code mp.messaging.incoming.orders}
     * @throws IllegalArgumentException when a value can't be read as what it is; says what would be one
     */
    private static void checkValues(String channel, Config config, Direction direction) {
        types(direction).forEach((name, type) -> config.getOptionalValue(name, String.class)
                .filter(value -> !isOf(type, value.strip()))
                .ifPresent(value -> {
                    throw new IllegalArgumentException(
                            channel + ": " + name + " is " + described(type) + ", not " + value);
                }));
    }

    /** @param others names that are settings of this channel only */
    private static void warnOfUnknown(String channel, Config config, Direction direction, Set<String> others) {
        var known = new TreeSet<>(types(direction).keySet());
        known.addAll(others);
        var unknown = unknown(config, known);
        if (!unknown.isEmpty()) {
            known.removeAll(ConnectorSettings.TYPES.keySet());
            LOG.warnf("%s: %s has no effect: there is no such setting. There are %s", channel, unknown, known);
        }
    }

    private static Set<String> unknown(Config config, Set<String> settings) {
        var known = settings.stream().map(ChannelConfiguration::plain).collect(Collectors.toSet());
        var unknown = new TreeSet<String>();
        config.getPropertyNames().forEach(unknown::add);
        unknown.removeIf(name -> known.contains(plain(name)));
        return unknown;
    }

    /** A name of the environment tells neither a dot from a hyphen nor capitals from small letters. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
    }

    /** The types of all settings that a channel can have. */
    private static Map<String, String> types(Direction direction) {
        var types = new TreeMap<>(OF_THE_FRAMEWORK);
        ConnectorSettings.TYPES.forEach((name, type) -> types.put(name, type.getName()));
        for (var attribute : PostgresqlConnector.class.getAnnotationsByType(ConnectorAttribute.class)) {
            if (Set.of(direction, Direction.INCOMING_AND_OUTGOING).contains(attribute.direction())) {
                types.put(attribute.name(), attribute.type());
            }
        }
        return types;
    }

    private static boolean isOf(String type, String value) {
        return switch (type) {
            case "int" -> WHOLE_NUMBER.matcher(value).matches();
            case "boolean" -> TRUTH.matcher(value).matches();
            case "java.time.Duration" -> isDuration(value);
            default -> true;
        };
    }

    private static boolean isDuration(String value) {
        try {
            return DurationConverter.parseDuration(value) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String described(String type) {
        return switch (type) {
            case "int" -> "a whole number";
            case "boolean" -> "true or false";
            default -> "a duration such as 500ms, 5s or 10m";
        };
    }
}

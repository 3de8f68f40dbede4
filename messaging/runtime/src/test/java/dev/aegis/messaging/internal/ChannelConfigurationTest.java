package dev.aegis.messaging.internal;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.OUTGOING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aegis.messaging.FailureAction;
import dev.aegis.messaging.PostgresqlMessaging;
import dev.aegis.messaging.internal.receive.IncomingSettings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting that is wrong ends the start, and says what would be right. */
class ChannelConfigurationTest {

    private static final String CHANNEL = "mp.messaging.incoming.notes";

    private static Config config(String name, String value) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(name, value, "channel-name", "notes", "connector", PostgresqlMessaging.CONNECTOR),
                        "test",
                        1))
                .withConverter(Duration.class, 200, new DurationConverter())
                .build();
    }

    private static void open(Direction direction, String name, String value) {
        var config = config(name, value);
        if (direction == INCOMING) {
            incoming(config);
        } else {
            ChannelConfiguration.outgoing(config);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "batch, maybe, true or false",
        "listen, perhaps, true or false",
        "batch-size, ten, a whole number",
        "batch-size, 1.5, a whole number",
        "prefetch, 99999999999, a whole number",
        "concurrency, many, a whole number",
        "retry.initial-delay, abc, 'a duration such as 500ms, 5s or 10m'",
        "poll-interval, 1 second, 'a duration such as 500ms, 5s or 10m'",
        "heartbeat-interval, soon, 'a duration such as 500ms, 5s or 10m'",
    })
    void aValueOfAnotherTypeEndsTheStart(String name, String value, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(INCOMING, name, value))
                .withMessage(CHANNEL + ": " + name + " is " + expected + ", not " + value);
    }

    @ParameterizedTest
    @CsvSource({
        "batch, true",
        "batch, FALSE",
        "batch-size, 10",
        "poll-interval, 200ms",
        "poll-interval, 5",
        "poll-interval, PT5M",
        "retry.abort-on, java.io.IOException",
        "queue, anything",
        "MAX_ATTEMPTS, 3",
        "retry.max.delay, 5s",
        "drop-after, a setting that the strategy asks for",
    })
    void aValueOfTheRightTypeDoesNot(String name, String value) {
        assertThat(warnings(INCOMING, name, value)).isEmpty();
    }

    @Test
    void aNameThatIsNoSettingIsWarnedOf() {
        assertThat(warnings(INCOMING, "max-atempts", "3"))
                .singleElement()
                .asString()
                .startsWith(CHANNEL + ": [max-atempts] has no effect")
                .contains("max-attempts");
        assertThat(warnings(OUTGOING, "batch", "true"))
                .singleElement()
                .asString()
                .contains("[batch] has no effect");
    }

    @Test
    void aConcurrencyOfNoneEndsTheStart() {
        for (var concurrency : List.of("0", "-1", "1001")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> incoming(config("concurrency", concurrency)))
                    .withMessage(CHANNEL + ": concurrency is from 1 to 1000, not " + concurrency);
        }
        assertThatCode(() -> incoming(config("concurrency", "8"))).doesNotThrowAnyException();
    }

    @Test
    void aTopicThatIsWrongIsCalledOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> incoming(config("topic", "a b")))
                .withMessageStartingWith(CHANNEL + ": topic is a name of")
                .withMessageEndingWith("not 'a b'");
    }

    private static IncomingSettings incoming(Config config) {
        return ChannelConfiguration.incoming(config, (strategy, channel, retry) -> {
            channel.getOptionalValue("drop-after", String.class);
            return (message, failure) -> FailureAction.drop();
        });
    }

    private static List<String> warnings(Direction direction, String name, String value) {
        var heard = new ArrayList<String>();
        var ear = new Handler() {
            @Override
            public void publish(LogRecord line) {
                heard.add(new org.jboss.logmanager.formatters.PatternFormatter("%s")
                        .format(org.jboss.logmanager.ExtLogRecord.wrap(line)));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var log = Logger.getLogger(ChannelConfiguration.class.getName());
        log.addHandler(ear);
        try {
            open(direction, name, value);
        } finally {
            log.removeHandler(ear);
        }
        return heard;
    }
}

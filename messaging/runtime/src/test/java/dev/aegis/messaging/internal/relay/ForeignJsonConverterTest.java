package dev.aegis.messaging.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.UnreadablePayloadException;
import io.smallrye.reactive.messaging.ce.impl.DefaultIncomingCloudEventMetadata;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignJsonConverterTest {

    record Order(long id) {}

    private final ForeignJsonConverter converter = new ForeignJsonConverter(new ObjectMapper(), null);

    private static <T> Message<T> relayed(T payload) {
        return from("/messaging/orders", payload);
    }

    private static <T> Message<T> from(String source, T payload) {
        return Message.of(payload)
                .addMetadata(new DefaultIncomingCloudEventMetadata<>(
                        "1.0", "1", URI.create(source), "orders", null, null, null, null, Map.of(), null));
    }

    @Test
    void messagesThatNoRelayPassedOnAreLeft() {
        assertThat(converter.canConvert(Message.of("{\"id\": 7}"), Order.class)).isFalse();
        assertThat(converter.canConvert(from("https://example.com/messaging/orders", "{\"id\": 7}"), Order.class))
                .isFalse();
    }

    @Test
    void textIsReadAsTheTypeThatTheHandlerTakes() {
        var message = relayed("{\"id\": 7}");

        assertThat(converter.canConvert(message, Order.class)).isTrue();
        assertThat(converter.convert(message, Order.class).getPayload()).isEqualTo(new Order(7));
    }

    @ParameterizedTest
    @ValueSource(classes = {String.class, CharSequence.class, Object.class, Comparable.class})
    void aHandlerThatCanTakeTextGetsIt(Class<?> target) {
        assertThat(converter.canConvert(relayed("{\"id\": 7}"), target)).isFalse();
    }

    @Test
    void whatIsNotTextIsLeft() {
        assertThat(converter.canConvert(relayed(new byte[] {1}), Order.class)).isFalse();
        assertThat(converter.canConvert(relayed(7L), Order.class)).isFalse();
    }

    @Test
    void messagesOfTheConnectorItselfHaveTheirOwnConverter() {
        var message = relayed("{\"id\": 7}")
                .addMetadata(new IncomingPostgresqlMetadata(
                        1, "orders", 0, 1, Instant.EPOCH, "application/json", null, Map.of()));

        assertThat(converter.canConvert(message, Order.class)).isFalse();
    }

    @Test
    void anyOtherConverterComesFirst() {
        assertThat(converter.getPriority()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "seven", "{\"id\": null}", "{\"id\": 7} {}"})
    void textThatIsNotJsonOfThatTypeIsRefused(String text) {
        assertThatThrownBy(() -> converter.convert(relayed(text), Order.class))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageStartingWith("a message of another broker can't be read as ");
    }
}

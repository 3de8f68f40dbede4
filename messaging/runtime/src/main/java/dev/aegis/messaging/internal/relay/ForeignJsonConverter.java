package dev.aegis.messaging.internal.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.internal.receive.JsonPayloadConverter;
import io.smallrye.reactive.messaging.MessageConverter;
import io.smallrye.reactive.messaging.ce.IncomingCloudEventMetadata;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Reads text that a relay passed on to another broker as JSON of the type that the handler takes, so that a channel can move
 * there and its handler stays. Only where no other converter does, and the handler doesn't take text. Other messages of
 * other connectors are none of its business.
 */
@Singleton
class ForeignJsonConverter extends JsonPayloadConverter {

    private final ObjectMapper json;

    ForeignJsonConverter(ObjectMapper json, @Any Instance<MessageConverter> all) {
        super(json, all);
        this.json = json;
    }

    @Override
    public int getPriority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean canConvert(Message<?> message, Type target) {
        return message.getPayload() instanceof String
                && message.getMetadata(IncomingPostgresqlMetadata.class).isEmpty()
                && wasRelayed(message)
                && !json.constructType(target).getRawClass().isAssignableFrom(String.class);
    }

    private static boolean wasRelayed(Message<?> message) {
        return message.getMetadata(IncomingCloudEventMetadata.class)
                .filter(event -> Relays.isOrigin(event.getSource()))
                .isPresent();
    }

    @Override
    protected String nameOf(Message<?> message) {
        return "a message of another broker";
    }
}

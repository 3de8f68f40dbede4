package dev.aegis.messaging.internal.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.internal.payload.Payloads;
import dev.aegis.messaging.internal.receive.OwnConverter;
import io.smallrye.reactive.messaging.MessageConverter;
import io.smallrye.reactive.messaging.ce.IncomingCloudEventMetadata;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Reads text that a relay passed on to another broker as JSON of the type that the handler takes, so that a channel can move
 * there and its handler stays. Only where no other converter does, and the handler doesn't take text. Other messages of
 * other connectors are none of its business.
 */
@Singleton
class ForeignJsonConverter extends OwnConverter {

    private final ObjectMapper json;
    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    ForeignJsonConverter(ObjectMapper json, @Any Instance<MessageConverter> all) {
        super(all);
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
    public Message<?> convert(Message<?> message, Type target) {
        var reader = readers.computeIfAbsent(target, type -> Payloads.reader(json, type));
        return message.withPayload(Payloads.read(reader, (String) message.getPayload(), "a message of another broker"));
    }
}

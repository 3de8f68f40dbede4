package dev.aegis.messaging.receive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.Payloads;
import io.smallrye.reactive.messaging.MessageConverter;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Reads text that came from another broker as JSON of the type that the handler takes, so that a channel can move there and
 * its handler stays. Only where no other converter does, and the handler doesn't take text.
 */
@Singleton
class TextConverter implements MessageConverter {

    private final ObjectMapper json;
    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    TextConverter(ObjectMapper json) {
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
                && !json.constructType(target).getRawClass().isAssignableFrom(String.class);
    }

    @Override
    public Message<?> convert(Message<?> message, Type target) {
        var reader = readers.computeIfAbsent(target, type -> Payloads.reader(json, type));
        return message.withPayload(Payloads.read(reader, (String) message.getPayload(), "a message of another broker"));
    }
}

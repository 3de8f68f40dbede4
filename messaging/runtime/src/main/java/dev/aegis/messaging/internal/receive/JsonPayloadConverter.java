package dev.aegis.messaging.internal.receive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.internal.payload.Payloads;
import io.smallrye.reactive.messaging.MessageConverter;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Reads a JSON payload as the type that the handler takes. */
@Singleton
class JsonPayloadConverter extends OwnConverter {

    private final ObjectMapper json;
    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    JsonPayloadConverter(ObjectMapper json, @Any Instance<MessageConverter> all) {
        super(all);
        this.json = json;
    }

    @Override
    public boolean canConvert(Message<?> message, Type target) {
        return message.getPayload() instanceof String
                && message.getMetadata(IncomingPostgresqlMetadata.class).isPresent();
    }

    @Override
    public Message<?> convert(Message<?> message, Type target) {
        var reader = readers.computeIfAbsent(target, type -> Payloads.reader(json, type));
        var id = message.getMetadata(IncomingPostgresqlMetadata.class)
                .orElseThrow()
                .getId();
        return message.withPayload(Payloads.read(reader, (String) message.getPayload(), id));
    }
}

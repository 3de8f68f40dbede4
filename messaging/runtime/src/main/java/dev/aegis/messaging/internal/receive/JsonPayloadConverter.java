package dev.aegis.messaging.internal.receive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.internal.payload.Payloads;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MessageConverter;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Reads a JSON payload of this connector as the type that the handler takes. */
@Singleton
public class JsonPayloadConverter implements MessageConverter {

    private final ObjectMapper json;
    private final Iterable<MessageConverter> all;
    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    protected JsonPayloadConverter(ObjectMapper json, @Any Instance<MessageConverter> all) {
        this.json = json;
        this.all = all;
    }

    @Override
    public boolean canConvert(Message<?> message, Type target) {
        return message.getPayload() instanceof String
                && message.getMetadata(IncomingPostgresqlMetadata.class).isPresent();
    }

    /**
     * The framework asks a converter only about the first message of a method, and then gives it all others, too: those that
     * another connector delivers to the same method are left to the other converters.
     */
    @Override
    public Uni<Message<?>> convertUni(Message<?> message, Type target) {
        if (canConvert(message, target)) {
            return MessageConverter.super.convertUni(message, target);
        }
        return StreamSupport.stream(all.spliterator(), false)
                .filter(converter -> converter.canConvert(message, target))
                .min(Comparator.comparingInt(MessageConverter::getPriority))
                .map(converter -> converter.convertUni(message, target))
                .orElseGet(() -> Uni.createFrom().item(message));
    }

    @Override
    public Message<?> convert(Message<?> message, Type target) {
        var reader = readers.computeIfAbsent(target, type -> Payloads.reader(json, type));
        return message.withPayload(Payloads.read(reader, (String) message.getPayload(), nameOf(message)));
    }

    /** Which message it is, for an error. */
    protected String nameOf(Message<?> message) {
        return "message "
                + message.getMetadata(IncomingPostgresqlMetadata.class)
                        .orElseThrow()
                        .getId();
    }
}

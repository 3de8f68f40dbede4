package dev.aegis.messaging.receive;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.Payloads;
import dev.aegis.messaging.store.ClaimedMessage;
import io.smallrye.reactive.messaging.MessageConverter;
import jakarta.inject.Singleton;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Reads the payloads of a batch as the type that the handler takes a list of. */
@Singleton
class BatchConverter implements MessageConverter {

    private final ObjectMapper json;
    private final BatchTypes batchTypes;
    private final Map<String, JavaType> types = new ConcurrentHashMap<>();

    BatchConverter(ObjectMapper json, BatchTypes batchTypes) {
        this.json = json;
        this.batchTypes = batchTypes;
    }

    @Override
    public boolean canConvert(Message<?> message, Type target) {
        var raw = target instanceof ParameterizedType generic ? generic.getRawType() : target;
        return message.getPayload() instanceof Batch && raw == List.class;
    }

    @Override
    public Message<?> convert(Message<?> message, Type target) {
        var batch = (Batch) message.getPayload();
        var type = types.computeIfAbsent(batch.channel(), channel -> json.constructType(batchTypes.itemsOf(channel)));
        var payloads = batch.read(one -> read(one, type));
        return message.withPayload(payloads).addMetadata(batch.metadata());
    }

    private Object read(ClaimedMessage message, JavaType type) {
        if (message.bytes() != null && type.getRawClass().isInstance(message.bytes())) {
            return message.bytes();
        }
        if (message.text() != null && type.getRawClass().isInstance(message.text())) {
            return message.text();
        }
        return Payloads.read(json, message.text(), type, message.claim().id());
    }
}

package dev.aegis.messaging.receive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.aegis.messaging.Payloads;
import dev.aegis.messaging.store.ClaimedMessage;
import io.smallrye.reactive.messaging.MessageConverter;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Reads the payloads of several messages as the type that the handler takes, or takes a list of. */
@Singleton
class BatchConverter implements MessageConverter {

    private final ObjectMapper json;
    private final HandlerMethods handlers;
    private final Map<String, ObjectReader> readers = new ConcurrentHashMap<>();

    BatchConverter(ObjectMapper json, HandlerMethods handlers) {
        this.json = json;
        this.handlers = handlers;
    }

    @Override
    public boolean canConvert(Message<?> message, Type target) {
        return message.getPayload() instanceof Batch batch
                && (batch.isSeries() || HandlerMethods.raw(target) == List.class);
    }

    @Override
    public Message<?> convert(Message<?> message, Type target) {
        var batch = (Batch) message.getPayload();
        var reader = readers.computeIfAbsent(
                batch.channel(),
                channel -> Payloads.reader(json, batch.isSeries() ? target : handlers.itemsOf(channel)));
        if (batch.isSeries()) {
            var series = batch.readSeries(one -> read(one, reader));
            return message.withPayload(series.firstPayload()).addMetadata(series.firstMetadata());
        }
        var payloads = batch.read(one -> read(one, reader));
        return message.withPayload(payloads).addMetadata(batch.metadata());
    }

    private static Object read(ClaimedMessage message, ObjectReader reader) {
        var type = reader.getValueType().getRawClass();
        if (message.bytes() != null && type.isInstance(message.bytes())) {
            return message.bytes();
        }
        if (message.text() != null && type.isInstance(message.text())) {
            return message.text();
        }
        return Payloads.read(reader, message.text(), message.claim().id());
    }
}

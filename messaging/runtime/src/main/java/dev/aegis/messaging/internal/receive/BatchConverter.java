package dev.aegis.messaging.internal.receive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.aegis.messaging.internal.payload.Payloads;
import io.smallrye.reactive.messaging.MessageConverter;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Reads the payloads of several messages as the type that the handler takes, or takes a list of. */
@Singleton
class BatchConverter extends OwnConverter {

    private final ObjectMapper json;
    private final IncomingMethods handlers;
    private final Map<String, ObjectReader> readers = new ConcurrentHashMap<>();

    BatchConverter(ObjectMapper json, IncomingMethods handlers, @Any Instance<MessageConverter> all) {
        super(all);
        this.json = json;
        this.handlers = handlers;
    }

    @Override
    public boolean canConvert(Message<?> message, Type target) {
        return message.getPayload() instanceof Batch batch
                && (batch.isSeries() || IncomingMethods.raw(target) == List.class);
    }

    @Override
    public Message<?> convert(Message<?> message, Type target) {
        var batch = (Batch) message.getPayload();
        var reader = readers.computeIfAbsent(
                batch.channel(),
                channel -> Payloads.reader(json, batch.isSeries() ? target : handlers.itemsOf(channel)));
        if (batch.isSeries()) {
            var series = batch.readSeries(one -> Payloads.read(reader, one));
            return message.withPayload(series.firstPayload()).addMetadata(series.firstMetadata());
        }
        var payloads = batch.read(one -> Payloads.read(reader, one));
        return message.withPayload(payloads).addMetadata(batch.metadata());
    }
}

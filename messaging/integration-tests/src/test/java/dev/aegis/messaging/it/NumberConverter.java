package dev.aegis.messaging.it;

import io.smallrye.reactive.messaging.MessageConverter;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Type;
import org.eclipse.microprofile.reactive.messaging.Message;

/** A converter of another connector. */
@ApplicationScoped
class NumberConverter implements MessageConverter {

    @Override
    public boolean canConvert(Message<?> message, Type target) {
        return message.getPayload() instanceof Integer && target == Entry.class;
    }

    @Override
    public Message<?> convert(Message<?> message, Type target) {
        return message.withPayload(Entry.of("number " + message.getPayload()));
    }
}

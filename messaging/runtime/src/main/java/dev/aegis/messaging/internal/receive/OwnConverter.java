package dev.aegis.messaging.internal.receive;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MessageConverter;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * A converter for messages of this connector. The framework asks a converter only about the first message of a method, and
 * then gives it all others, too: those that another connector delivers to the same method are left to the other converters.
 */
public abstract class OwnConverter implements MessageConverter {

    private final Iterable<MessageConverter> all;

    protected OwnConverter(Iterable<MessageConverter> all) {
        this.all = all;
    }

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
}

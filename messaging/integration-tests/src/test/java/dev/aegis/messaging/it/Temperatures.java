package dev.aegis.messaging.it;

import io.smallrye.reactive.messaging.MessageConverter;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Handlers of a type that the application reads itself: from the text of any connector. */
@ApplicationScoped
class Temperatures implements MessageConverter {

    record Celsius(double degrees) {}

    private final List<Celsius> handled = new CopyOnWriteArrayList<>();

    @Override
    public int getPriority() {
        return CONVERTER_DEFAULT_PRIORITY - 1;
    }

    @Override
    public boolean canConvert(Message<?> message, Type target) {
        return message.getPayload() instanceof String && target == Celsius.class;
    }

    @Override
    public Message<?> convert(Message<?> message, Type target) {
        return message.withPayload(new Celsius(Double.parseDouble(((String) message.getPayload()).replace("°C", ""))));
    }

    @Incoming("temperatures")
    void ours(Celsius temperature) {
        handled.add(temperature);
    }

    @Incoming("temperatures-from-memory")
    void theirs(Celsius temperature) {
        handled.add(temperature);
    }

    List<Celsius> handled() {
        return handled;
    }
}

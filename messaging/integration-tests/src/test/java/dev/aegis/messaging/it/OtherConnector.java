package dev.aegis.messaging.it;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.eclipse.microprofile.reactive.messaging.spi.ConnectorFactory;

/** A connector of somebody else: it keeps what it is sent, and hands out what the tests give it. */
@ApplicationScoped
@Connector("other")
class OtherConnector implements InboundConnector, OutboundConnector {

    private final List<Message<?>> sent = new CopyOnWriteArrayList<>();
    private final Map<String, MultiEmitter<? super Message<?>>> channels = new ConcurrentHashMap<>();

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        var channel = config.getValue(ConnectorFactory.CHANNEL_NAME_ATTRIBUTE, String.class);
        return Multi.createFrom().<Message<?>>emitter(emitter -> channels.put(channel, emitter));
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        return new Flow.Subscriber<Message<?>>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Message<?> message) {
                sent.add(message);
                message.ack();
            }

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        };
    }

    List<Message<?>> sent() {
        return sent;
    }

    void deliver(String channel, Message<?> message) {
        channels.get(channel).emit(message);
    }
}

package dev.aegis.messaging.internal.send;

import io.smallrye.reactive.messaging.EmitterConfiguration;
import io.smallrye.reactive.messaging.EmitterFactory;
import io.smallrye.reactive.messaging.annotations.EmitterFactoryFor;
import io.smallrye.reactive.messaging.providers.extension.EmitterImpl;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Makes emitters whose messages know the transaction in which they were emitted. */
@EmitterFactoryFor(Emitter.class)
@ApplicationScoped
@Alternative
@Priority(1)
class TransactionalEmitterFactory implements EmitterFactory<EmitterImpl<Object>> {

    private final TransactionOutboxes outboxes;
    private final Config config;

    TransactionalEmitterFactory(TransactionOutboxes outboxes, Config config) {
        this.outboxes = outboxes;
        this.config = config;
    }

    @Override
    public EmitterImpl<Object> createEmitter(EmitterConfiguration configuration, long bufferSize) {
        return switch (Destination.of(configuration.name(), config)) {
            case ANOTHER_CONNECTOR -> new EmitterImpl<>(configuration, bufferSize);
            case THIS_CONNECTOR ->
                new EmitterImpl<>(configuration, bufferSize) {
                    @Override
                    protected void emit(Message<?> message) {
                        outboxes.emit(message, super::emit);
                    }
                };
            case APPLICATION ->
                new EmitterImpl<>(configuration, bufferSize) {
                    @Override
                    protected void emit(Message<?> message) {
                        outboxes.emitInside(message, super::emit);
                    }
                };
        };
    }
}

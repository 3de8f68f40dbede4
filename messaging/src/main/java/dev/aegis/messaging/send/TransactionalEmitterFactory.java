package dev.aegis.messaging.send;

import io.smallrye.reactive.messaging.EmitterConfiguration;
import io.smallrye.reactive.messaging.EmitterFactory;
import io.smallrye.reactive.messaging.annotations.EmitterFactoryFor;
import io.smallrye.reactive.messaging.providers.extension.EmitterImpl;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Makes emitters whose messages know the transaction in which they were emitted. */
@EmitterFactoryFor(Emitter.class)
@ApplicationScoped
@Alternative
@Priority(1)
class TransactionalEmitterFactory implements EmitterFactory<EmitterImpl<Object>> {

    private final Outboxes outboxes;

    TransactionalEmitterFactory(Outboxes outboxes) {
        this.outboxes = outboxes;
    }

    @Override
    public EmitterImpl<Object> createEmitter(EmitterConfiguration configuration, long bufferSize) {
        return new EmitterImpl<>(configuration, bufferSize) {
            @Override
            protected void emit(Message<?> message) {
                super.emit(outboxes.tie(message));
            }
        };
    }
}

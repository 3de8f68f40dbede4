package dev.aegis.messaging.internal.receive;

import io.smallrye.reactive.messaging.providers.MetadataInjectableMessage;
import io.smallrye.reactive.messaging.providers.locals.ContextAwareMessage;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

/** A received message. Its payload is a {@code String} or a {@code byte[]} until a converter reads it. */
final class PostgresqlMessage implements ContextAwareMessage<Object>, MetadataInjectableMessage<Object> {

    private final Object payload;
    private final Delivery delivery;
    private final Settler settler;
    private Metadata metadata;

    PostgresqlMessage(Object payload, Metadata metadata, Delivery delivery, Settler settler) {
        this.payload = payload;
        this.metadata = metadata;
        this.delivery = delivery;
        this.settler = settler;
    }

    /** Ends a delivery. */
    interface Settler {

        CompletionStage<Void> ack(Delivery delivery);

        CompletionStage<Void> nack(Delivery delivery, Throwable failure);
    }

    @Override
    public Object getPayload() {
        return payload;
    }

    @Override
    public Metadata getMetadata() {
        return metadata;
    }

    @Override
    public void injectMetadata(Object added) {
        metadata = metadata.with(added);
    }

    @Override
    public CompletionStage<Void> ack(@Nullable Metadata ignored) {
        return settler.ack(delivery);
    }

    @Override
    public Function<Metadata, CompletionStage<Void>> getAckWithMetadata() {
        return this::ack;
    }

    @Override
    public CompletionStage<Void> nack(Throwable failure, @Nullable Metadata ignored) {
        return settler.nack(delivery, failure);
    }

    @Override
    public BiFunction<Throwable, Metadata, CompletionStage<Void>> getNackWithMetadata() {
        return this::nack;
    }
}

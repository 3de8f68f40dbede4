package dev.aegis.messaging.receive;

import dev.aegis.messaging.Headers;
import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.LostClaimException;
import dev.aegis.messaging.settle.Acknowledger;
import dev.aegis.messaging.settle.FailureStrategy;
import dev.aegis.messaging.settle.Failures;
import dev.aegis.messaging.store.ClaimedMessage;
import dev.aegis.messaging.telemetry.MessageTracing;
import dev.aegis.messaging.telemetry.MessagingMetrics;
import io.quarkus.vertx.core.runtime.VertxMDC;
import io.smallrye.reactive.messaging.providers.locals.LocalContextMetadata;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Singleton;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

/** Begins and ends the handling of messages. */
@Singleton
class Deliveries {

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final TransactionalAck transactionalAck;
    private final Acknowledger acknowledger;
    private final Failures failures;
    private final MessagingMetrics metrics;
    private final MessageTracing tracing;

    Deliveries(
            TransactionalAck transactionalAck,
            Acknowledger acknowledger,
            Failures failures,
            MessagingMetrics metrics,
            MessageTracing tracing) {
        this.transactionalAck = transactionalAck;
        this.acknowledger = acknowledger;
        this.failures = failures;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /** Makes a message for a handler, which will run on {@code context}. */
    Message<?> begin(ClaimedMessage message, ContextInternal context, ChannelStream stream) {
        var claim = message.claim();
        var headers = Headers.parse(message.headers());
        var handling = tracing.handling(claim.queue(), claim.id(), headers);
        var delivery = new Delivery(message, handling);
        delivery.bindTo(context);
        VertxMDC.INSTANCE.put("message_id", Long.toString(claim.id()), context);
        if (claim.attempt() == 1) {
            metrics.pickedUp(claim.queue(), Duration.between(message.sentAt(), Instant.now()));
        }
        var metadata = Metadata.of(
                new LocalContextMetadata(context),
                handling.metadata(),
                new IncomingPostgresqlMetadata(
                        claim.id(),
                        claim.queue(),
                        claim.priority(),
                        claim.attempt(),
                        message.sentAt(),
                        message.contentType(),
                        message.headers()));
        return new PostgresqlMessage(payload(message), metadata, delivery, stream);
    }

    private static Object payload(ClaimedMessage message) {
        if (message.text() != null) {
            return message.text();
        }
        return message.bytes() == null ? "" : message.bytes();
    }

    /** The handler is done with a message, or acknowledges it itself, perhaps in its transaction. */
    CompletionStage<Void> succeeded(Delivery delivery, ChannelStream stream) {
        if (delivery.isRolledBack()) {
            return rolledBack(delivery, stream);
        }
        if (!delivery.isDeleted()) {
            try {
                if (transactionalAck.acknowledge(
                        delivery, () -> end(delivery, stream), () -> rolledBack(delivery, stream))) {
                    return DONE;
                }
            } catch (SQLException | LostClaimException e) {
                return CompletableFuture.failedStage(e);
            }
            acknowledger.acknowledge(delivery.claim());
        }
        end(delivery, stream);
        return DONE;
    }

    /** The handler failed. Completes when that is settled; exceptionally when the channel shall stop. */
    CompletionStage<Void> failed(Delivery delivery, InboundSettings settings, Throwable failure, ChannelStream stream) {
        if (!delivery.settle()) {
            return DONE;
        }
        delivery.handling().ended(failure);
        metrics.failed(delivery.claim().queue());
        var settled = failures.failed(delivery.message(), failure, settings.failureStrategy(), settings.retry())
                .whenComplete((done, error) -> stream.ended(delivery.message()));
        return settings.failureStrategy() == FailureStrategy.FAIL
                ? settled.thenCompose(done -> CompletableFuture.failedStage(failure))
                : settled;
    }

    /** A message could not be handed to its handler. */
    void refused(ClaimedMessage message, InboundSettings settings, RuntimeException failure, ChannelStream stream) {
        failures.failed(message, failure, settings.failureStrategy(), settings.retry())
                .whenComplete((done, error) -> stream.ended(message));
    }

    private static CompletionStage<Void> rolledBack(Delivery delivery, ChannelStream stream) {
        return stream.nack(delivery, new RollbackException("the transaction of the handler was rolled back"));
    }

    private void end(Delivery delivery, ChannelStream stream) {
        if (delivery.settle()) {
            delivery.handling().ended(null);
            metrics.handled(delivery.claim().queue(), delivery.age());
            stream.ended(delivery.message());
        }
    }
}

package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.IncomingPostgresqlMetadata;
import dev.aegis.messaging.LostClaimException;
import dev.aegis.messaging.internal.settle.Acknowledger;
import dev.aegis.messaging.internal.settle.FailureStrategy;
import dev.aegis.messaging.internal.settle.Failures;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.telemetry.MessageTracing;
import dev.aegis.messaging.internal.telemetry.MessagingMetrics;
import io.quarkus.vertx.core.runtime.VertxMDC;
import io.smallrye.reactive.messaging.providers.locals.LocalContextMetadata;
import io.vertx.core.impl.ContextInternal;
import jakarta.inject.Singleton;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/** Begins and ends the handling of messages. */
@Singleton
class DeliveryHandler {

    private static final Logger LOG = Logger.getLogger(DeliveryHandler.class);

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final TransactionalAck transactionalAck;
    private final Acknowledger acknowledger;
    private final Failures failures;
    private final MessagingMetrics metrics;
    private final MessageTracing tracing;

    DeliveryHandler(
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

    /** Makes a message for a handler, which will run on {@code context}; of several ones a batch. */
    Message<?> begin(List<ClaimedMessage> messages, ContextInternal context, IncomingChannel stream) {
        var first = messages.get(0);
        var delivery = new Delivery(stream.channel(), messages, tracing.handling(messages));
        delivery.bindTo(context);
        var now = System.nanoTime();
        for (var message : messages) {
            var sent = message.sent();
            if (sent != null && message.claim().attempt() == 1 && message.conflicts() == 0) {
                metrics.pickedUp(delivery.queue(), Duration.ofNanos(now - sent));
            }
        }
        watch(delivery, context, stream);
        if (stream.settings().isBatch() || stream.settings().sharesTransactions()) {
            return batch(delivery, context, stream);
        }
        VertxMDC.INSTANCE.put("message_id", Long.toString(first.claim().id()), context);
        var metadata = Metadata.of(
                new LocalContextMetadata(context), delivery.handling().metadata(), metadata(first));
        return new PostgresqlMessage(payload(first), metadata, delivery, stream);
    }

    private Message<?> batch(Delivery delivery, ContextInternal context, IncomingChannel stream) {
        var batch = new Batch(
                stream.channel(),
                stream.settings().sharesTransactions(),
                delivery,
                (message, failure) -> failures.failed(
                        List.of(message), failure, stream.settings().failurePolicy()));
        var metadata = Metadata.of(
                new LocalContextMetadata(context), delivery.handling().metadata());
        return new PostgresqlMessage(batch, metadata, delivery, stream);
    }

    private void watch(Delivery delivery, ContextInternal context, IncomingChannel stream) {
        var timeout = stream.settings().handlerTimeout();
        if (timeout == null) {
            return;
        }
        var timer = context.owner().setTimer(timeout.toMillis(), id -> {
            if (delivery.settleUnlessDeleted()) {
                var unused = fail(delivery, new TimeoutException("the handler did not end within " + timeout), stream);
            }
        });
        delivery.onSettled(() -> context.owner().cancelTimer(timer));
    }

    static IncomingPostgresqlMetadata metadata(ClaimedMessage message) {
        var claim = message.claim();
        return new IncomingPostgresqlMetadata(
                claim.id(),
                claim.queue(),
                claim.priority(),
                claim.attempt(),
                message.sentAt(),
                message.contentType(),
                claim.orderingKey(),
                message.headers());
    }

    private static Object payload(ClaimedMessage message) {
        if (message.text() != null) {
            return message.text();
        }
        return message.bytes() == null ? "" : message.bytes();
    }

    /** The handler is done with its messages, or acknowledges them itself, perhaps in its transaction. */
    CompletionStage<Void> succeeded(Delivery delivery, IncomingChannel stream) {
        if (delivery.takeSeries() != null && delivery.messages().size() > 1) {
            return failed(delivery, new IllegalStateException("only the first of these messages was handled"), stream);
        }
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
            if (delivery.isSettled()) {
                return DONE;
            }
            delivery.claims().forEach(acknowledger::acknowledge);
        }
        end(delivery, stream);
        return DONE;
    }

    /** The handler failed. Completes when that is settled; exceptionally when the channel shall stop. */
    CompletionStage<Void> failed(Delivery delivery, Throwable failure, IncomingChannel stream) {
        return delivery.settle() ? fail(delivery, failure, stream) : DONE;
    }

    private CompletionStage<Void> fail(Delivery delivery, Throwable failure, IncomingChannel stream) {
        delivery.handling().ended(failure);
        if (stream.settings().sharesTransactions() && delivery.messages().size() > 1) {
            LOG.infof(
                    "A transaction of %d messages of queue %s failed, and each is handled alone",
                    delivery.messages().size(), delivery.queue());
            return stream.handleAlone(delivery, delivery.messages());
        }
        var policy = stream.settings().failurePolicy();
        if (Failures.isTriedAtOnce(delivery.messages(), failure, policy)) {
            LOG.debugf(failure, "A handler of queue %s lost against other transactions", delivery.queue());
            return stream.handleAlone(
                    delivery,
                    delivery.messages().stream()
                            .map(ClaimedMessage::afterConflict)
                            .toList());
        }
        delivery.messages().forEach(message -> metrics.failed(delivery.queue()));
        var settled = failures.failed(delivery.messages(), failure, policy)
                .whenComplete((done, error) -> stream.ended(delivery.all()));
        if (policy.strategy() != FailureStrategy.FAIL) {
            return settled;
        }
        stream.stopChannel();
        return settled.thenCompose(done -> CompletableFuture.failedStage(failure));
    }

    /** Messages could not be handed to their handler. */
    void refused(List<ClaimedMessage> messages, RuntimeException failure, IncomingChannel stream) {
        failures.failed(messages, failure, stream.settings().failurePolicy())
                .whenComplete((done, error) -> stream.ended(messages));
    }

    private static CompletionStage<Void> rolledBack(Delivery delivery, IncomingChannel stream) {
        return stream.nack(delivery, new RollbackException("the transaction of the handler was rolled back"));
    }

    private void end(Delivery delivery, IncomingChannel stream) {
        if (delivery.settle()) {
            delivery.handling().ended(null);
            metrics.handled(
                    delivery.queue(), delivery.age(), delivery.messages().size());
            stream.ended(delivery.all());
        }
    }
}

package dev.aegis.messaging.send;

import dev.aegis.messaging.store.NewMessage;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One outgoing channel. A message that was emitted in a transaction goes to the outbox of that transaction; any other one
 * to the direct sender. Never throws in {@code onNext}: that would end the emitter for good.
 */
final class OutboundChannel implements Flow.Subscriber<Message<?>> {

    /** How many messages without a transaction may be under way to the database. */
    private static final long WINDOW = 16_384;

    private static final Logger LOG = Logger.getLogger(OutboundChannel.class);

    private final OutboundSettings settings;
    private final MessageWriter writer;
    private final DirectSender sender;
    private Flow.Subscription subscription = new Flow.Subscription() {
        @Override
        public void request(long messages) {}

        @Override
        public void cancel() {}
    };

    OutboundChannel(OutboundSettings settings, MessageWriter writer, DirectSender sender) {
        this.settings = settings;
        this.writer = writer;
        this.sender = sender;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(WINDOW);
    }

    @Override
    public void onNext(Message<?> message) {
        var outbox = message.getMetadata(TransactionOutbox.class);
        try {
            NewMessage row = writer.write(message, settings);
            if (outbox.isPresent()) {
                outbox.get().add(row);
                message.ack();
                subscription.request(1);
            } else {
                sender.send(row, failure -> ended(message, failure));
            }
        } catch (RuntimeException e) {
            outbox.ifPresent(TransactionOutbox::fail);
            ended(message, e);
        }
    }

    private void ended(Message<?> message, @Nullable Throwable failure) {
        if (failure == null) {
            message.ack();
        } else {
            LOG.warnf("A message to %s was not sent: %s", settings.destination(), failure);
            message.nack(failure);
        }
        subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
        LOG.errorf(failure, "The stream of messages to %s failed", settings.destination());
    }

    @Override
    public void onComplete() {
        LOG.debugf("The stream of messages to %s ended", settings.destination());
    }
}

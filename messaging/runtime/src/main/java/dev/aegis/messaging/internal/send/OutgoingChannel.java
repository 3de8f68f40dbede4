package dev.aegis.messaging.internal.send;

import dev.aegis.messaging.internal.store.NewMessage;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One outgoing channel. A message that was emitted in a transaction goes to the outbox of that transaction; any other one
 * to the direct sender. It asks for as many messages as there is room for with the direct sender, if they are as large as
 * those that came lately, and for a single one until it knows how large they are. It asks again when half of them came: each
 * time costs a capture of the caller's context. Never throws in {@code onNext}: that would end the emitter for good.
 */
final class OutgoingChannel implements Flow.Subscriber<Message<?>> {

    /** How many messages without a transaction may be in flight to the database. */
    private static final long WINDOW = 16_384;

    private static final Logger LOG = Logger.getLogger(OutgoingChannel.class);

    private final String destination;
    private final MessageWriter writer;
    private final DirectSender sender;
    private Flow.@Nullable Subscription subscription;
    private long requested;
    private long inFlight;
    private long usualSize;

    OutgoingChannel(String destination, MessageWriter writer, DirectSender sender) {
        this.destination = destination;
        this.writer = writer;
        this.sender = sender;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        synchronized (this) {
            subscription = given;
        }
        request();
    }

    /** Asks for as many messages as there is room for, unless most of them are asked for already. */
    void request() {
        Flow.Subscription from;
        long more;
        synchronized (this) {
            from = subscription;
            var fitting = usualSize == 0 ? 1 : (sender.room() + usualSize - 1) / usualSize;
            more = Math.min(WINDOW - inFlight, fitting) - requested;
            if (from == null || more <= 0 || more < requested) {
                return;
            }
            requested += more;
        }
        from.request(more);
    }

    @Override
    public void onNext(Message<?> message) {
        var ticket = message.getMetadata(TransactionOutboxes.Ticket.class).orElse(null);
        synchronized (this) {
            requested--;
        }
        try {
            var row = writer.write(message);
            synchronized (this) {
                usualSize = Math.max(row.size(), usualSize - usualSize / 8);
            }
            if (ticket == null) {
                sendDirectly(message, row);
            } else if (ticket.handIn(row)) {
                message.ack();
            } else {
                ticket.whenOver(committed -> sendLate(message, row, committed));
            }
        } catch (RuntimeException e) {
            if (ticket != null) {
                ticket.fail(e);
            }
            ended(message, e);
        }
        request();
    }

    /** A method of the application passed it on when its transaction was already ending. */
    private void sendLate(Message<?> message, NewMessage row, boolean committed) {
        if (!committed) {
            ended(message, new IllegalStateException("its transaction was rolled back"));
            return;
        }
        try {
            sendDirectly(message, row);
        } catch (RuntimeException e) {
            ended(message, e);
        }
    }

    private void sendDirectly(Message<?> message, NewMessage row) {
        synchronized (this) {
            inFlight++;
        }
        try {
            sender.send(row, failure -> {
                left();
                ended(message, failure);
            });
        } catch (RuntimeException e) {
            left();
            throw e;
        }
    }

    private synchronized void left() {
        inFlight--;
    }

    private void ended(Message<?> message, @Nullable Throwable failure) {
        if (failure == null) {
            message.ack();
        } else {
            LOG.warnf("A message to %s was not sent: %s", destination, failure);
            message.nack(failure);
        }
    }

    @Override
    public void onError(Throwable failure) {
        LOG.errorf(failure, "The stream of messages to %s failed", destination);
    }

    @Override
    public void onComplete() {
        LOG.debugf("The stream of messages to %s ended", destination);
    }
}

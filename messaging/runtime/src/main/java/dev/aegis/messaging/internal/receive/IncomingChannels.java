package dev.aegis.messaging.internal.receive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.aegis.messaging.internal.consumer.ConnectorThreads;
import dev.aegis.messaging.internal.consumer.ConsumerRegistration;
import dev.aegis.messaging.internal.payload.Payloads;
import dev.aegis.messaging.internal.settings.ConnectorSettings;
import dev.aegis.messaging.internal.settle.Acknowledger;
import dev.aegis.messaging.internal.settle.Failures;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.telemetry.MessageTracing;
import dev.aegis.messaging.internal.telemetry.MessagingMetrics;
import io.quarkus.runtime.LaunchMode;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The incoming channels of this process, and their common start and end. */
@Singleton
public class IncomingChannels implements ConsumerRegistration.Listener {

    private static final Logger LOG = Logger.getLogger(IncomingChannels.class);

    /** A reload drops the message that it was noticed by: nobody will end it. */
    private static final Duration MAX_GRACE_IN_DEV_MODE = Duration.ofSeconds(1);

    private final ConnectorDatabase database;
    private final ConsumerRegistration registration;
    private final ClaimFilter filter;
    private final Settlement settlement;
    private final Acknowledger acknowledger;
    private final Failures failures;
    private final IncomingMethods methods;
    private final ObjectMapper json;
    private final MessageTracing tracing;
    private final MessagingMetrics metrics;
    private final VertxInternal vertx;
    private final ConnectorThreads threads;
    private final Duration grace;
    private final Map<String, Consumed> queues = new ConcurrentHashMap<>();

    IncomingChannels(
            ConnectorDatabase database,
            ConsumerRegistration registration,
            ClaimFilter filter,
            Settlement settlement,
            Acknowledger acknowledger,
            Failures failures,
            IncomingMethods methods,
            ObjectMapper json,
            MessageTracing tracing,
            MessagingMetrics metrics,
            Vertx vertx,
            ConnectorThreads threads,
            ConnectorSettings settings) {
        this.database = database;
        this.registration = registration;
        this.filter = filter;
        this.settlement = settlement;
        this.acknowledger = acknowledger;
        this.failures = failures;
        this.methods = methods;
        this.json = json;
        this.tracing = tracing;
        this.metrics = metrics;
        this.vertx = (VertxInternal) vertx;
        this.threads = threads;
        var grace = settings.shutdownGracePeriod();
        this.grace = LaunchMode.current() == LaunchMode.DEVELOPMENT ? min(grace, MAX_GRACE_IN_DEV_MODE) : grace;
        registration.addListener(this);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** A queue, and the copies of the one channel by which this process consumes it. */
    private final class Consumed implements IncomingChannel.Owner {

        private final String channel;
        private final Fetcher fetcher;
        private final List<IncomingChannel> copies = new CopyOnWriteArrayList<>();
        private boolean started;
        private boolean stopped;

        Consumed(IncomingSettings settings) {
            channel = settings.channel();
            fetcher = new Fetcher(settings, database, registration, filter, failures, threads, () -> copies.stream()
                    .mapToInt(IncomingChannel::freeHandlers)
                    .sum());
        }

        @Override
        public synchronized void subscribed() {
            if (!started && !stopped) {
                started = true;
                acknowledger.start();
                registration.start(queues.keySet());
                fetcher.start();
            }
        }

        @Override
        public void cancelled() {
            if (copies.stream().allMatch(IncomingChannel::isCancelled)) {
                stop();
            }
        }

        @Override
        public void stopChannel() {
            copies.forEach(IncomingChannel::cancel);
        }

        synchronized void stop() {
            stopped = true;
            fetcher.stop();
        }
    }

    /**
     * The messages of the channel's queue.
     *
     * @throws IllegalArgumentException when the settings don't fit the handler, or another channel consumes the queue
     */
    public Flow.Publisher<? extends Message<?>> open(IncomingSettings settings) {
        try {
            methods.check(settings);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(settings.prefix() + ": " + e.getMessage(), e);
        }
        var queue = queues.computeIfAbsent(settings.queue(), name -> new Consumed(settings));
        if (!queue.channel.equals(settings.channel())) {
            throw new IllegalArgumentException(
                    settings.prefix() + ": queue " + settings.queue() + " is consumed by channel " + queue.channel
                            + " of this process; for a copy each, subscribe two queues to a topic");
        }
        if (queue.copies.isEmpty()) {
            logGuarantee(settings.channel());
        }
        var copy = new IncomingChannel(
                settings,
                methods.callsAtOnce(settings.channel(), settings.maxInFlight()),
                reader(settings),
                queue.fetcher.buffer(),
                settlement,
                tracing,
                metrics,
                vertx.createEventLoopContext(),
                queue);
        queue.copies.add(copy);
        queue.fetcher.buffer().onArrival(copy::drain);
        return copy;
    }

    /** Of messages that are delivered together; null for a channel of single ones, whose payloads a converter reads. */
    private @Nullable ObjectReader reader(IncomingSettings settings) {
        if (settings.isBatch()) {
            return Payloads.reader(json, methods.itemsOf(settings.channel()));
        }
        return settings.sharesTransactions() ? Payloads.reader(json, methods.payloadOf(settings.channel())) : null;
    }

    private void logGuarantee(String channel) {
        var guarantee = methods.guaranteeOf(channel);
        LOG.infof(
                "Messages of channel %s %s: %s",
                channel,
                guarantee.isEffectOnce() ? "have their effect once" : "are handled at least once",
                guarantee.reason());
    }

    /** The queues that this process consumes. */
    public Set<String> queues() {
        return Set.copyOf(queues.keySet());
    }

    /** What can be said of a channel's health. */
    public record Health(String channel, boolean isStopped) {}

    public List<Health> health() {
        return queues.values().stream()
                .map(queue -> new Health(queue.channel, queue.copies.stream().anyMatch(IncomingChannel::isCancelled)))
                .toList();
    }

    @Override
    public void wake(String queue) {
        var consumed = queues.get(queue);
        if (consumed != null) {
            consumed.fetcher.wake();
        }
    }

    @Override
    public void lost() {
        queues.values().forEach(queue -> queue.fetcher.buffer().lose());
    }

    /** Stops claiming, gives back what no handler has, and waits for the handlers, at most for the grace period. */
    public void stop() {
        if (queues.isEmpty()) {
            return;
        }
        var deadline = System.nanoTime() + grace.toNanos();
        queues.values().forEach(Consumed::stop);
        try {
            for (var queue : queues.values()) {
                queue.fetcher.awaitStopped(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var unfinished = queues.values().stream()
                .mapToInt(queue -> queue.fetcher.buffer().inFlight())
                .sum();
        if (unfinished > 0) {
            LOG.warnf(
                    "%d messages were not handled within %d ms; they are handled again", unfinished, grace.toMillis());
            queues.values().forEach(queue -> queue.fetcher.abandon());
        }
        acknowledger.stop(Duration.ofSeconds(5));
        registration.stop();
    }
}

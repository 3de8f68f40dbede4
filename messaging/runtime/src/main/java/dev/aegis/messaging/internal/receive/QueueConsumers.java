package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.consumer.ConnectorThreads;
import dev.aegis.messaging.internal.consumer.ConsumerRegistration;
import dev.aegis.messaging.internal.settle.Acknowledger;
import dev.aegis.messaging.internal.settle.Failures;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** The consumers of this process, one for each queue, and their common start and end. */
@Singleton
public class QueueConsumers implements ConsumerRegistration.Listener {

    private static final Logger LOG = Logger.getLogger(QueueConsumers.class);
    private static final String GRACE = "mp.messaging.connector.aegis-postgresql.shutdown-grace-period";

    private final ConnectorDatabase database;
    private final ConsumerRegistration session;
    private final ClaimFilter intake;
    private final Acknowledger acknowledger;
    private final DeliveryHandler deliveries;
    private final Failures failures;
    private final IncomingMethods handlers;
    private final VertxInternal vertx;
    private final ConnectorThreads threads;
    private final Duration grace;
    private final Map<String, QueueConsumer> consumers = new ConcurrentHashMap<>();

    QueueConsumers(
            ConnectorDatabase database,
            ConsumerRegistration session,
            ClaimFilter intake,
            Acknowledger acknowledger,
            DeliveryHandler deliveries,
            Failures failures,
            IncomingMethods handlers,
            Vertx vertx,
            ConnectorThreads threads,
            @ConfigProperty(name = GRACE, defaultValue = "20s") Duration grace) {
        this.database = database;
        this.session = session;
        this.intake = intake;
        this.acknowledger = acknowledger;
        this.deliveries = deliveries;
        this.failures = failures;
        this.handlers = handlers;
        this.vertx = (VertxInternal) vertx;
        this.threads = threads;
        if (grace.isNegative()) {
            throw new IllegalArgumentException(GRACE + " is 0 or more, not " + grace);
        }
        this.grace = grace;
        session.addListener(this);
    }

    /** A stream of the messages of the channel's queue. */
    public Flow.Publisher<? extends Message<?>> open(IncomingSettings settings) {
        try {
            handlers.check(settings);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(settings.prefix() + ": " + e.getMessage(), e);
        }
        var consumer = consumers.computeIfAbsent(
                settings.queue(),
                queue -> new QueueConsumer(settings, database, session, intake, failures, threads, this::begin));
        if (!consumer.channel().equals(settings.channel())) {
            throw new IllegalArgumentException(
                    settings.prefix() + ": queue " + settings.queue() + " is consumed by channel " + consumer.channel()
                            + " of this process; for a copy each, bind two queues to an address");
        }
        var eventLoop = vertx.createEventLoopContext();
        var callsAtOnce = handlers.callsAtOnce(settings.channel(), settings.maxInFlight());
        var stream = new IncomingChannel(settings, callsAtOnce, consumer, deliveries, eventLoop);
        if (consumer.streams().isEmpty()) {
            logGuarantee(settings.channel());
        }
        consumer.add(stream);
        return stream;
    }

    private void logGuarantee(String channel) {
        var guarantee = handlers.guaranteeOf(channel);
        LOG.infof(
                "Messages of channel %s %s: %s",
                channel,
                guarantee.isEffectOnce() ? "have their effect once" : "are handled at least once",
                guarantee.reason());
    }

    private void begin() {
        acknowledger.start();
        session.start(consumers.keySet());
    }

    /** The queues that this process consumes. */
    public Set<String> queues() {
        return Set.copyOf(consumers.keySet());
    }

    /** What can be said of a channel's health. */
    public record Channel(String name, boolean isStopped) {}

    public List<Channel> channels() {
        return consumers.values().stream()
                .flatMap(consumer -> consumer.streams().stream())
                .collect(Collectors.toMap(IncomingChannel::channel, IncomingChannel::isCancelled, Boolean::logicalOr))
                .entrySet()
                .stream()
                .map(channel -> new Channel(channel.getKey(), channel.getValue()))
                .toList();
    }

    @Override
    public void wake(String queue) {
        var consumer = consumers.get(queue);
        if (consumer != null) {
            consumer.wake();
        }
    }

    @Override
    public void lost() {
        consumers.values().forEach(QueueConsumer::lost);
    }

    /** Stops claiming, gives back what was not begun, and waits for the handlers, at most for the grace period. */
    public void stop() {
        if (consumers.isEmpty()) {
            return;
        }
        var deadline = System.nanoTime() + grace.toNanos();
        consumers.values().forEach(QueueConsumer::stopClaiming);
        try {
            for (var consumer : consumers.values()) {
                consumer.awaitStopped(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var unfinished =
                consumers.values().stream().mapToInt(QueueConsumer::inFlight).sum();
        if (unfinished > 0) {
            LOG.warnf("%d handlers did not end within %s; others handle their messages again", unfinished, grace);
        }
        acknowledger.stop(Duration.ofSeconds(5));
        session.stop();
    }
}

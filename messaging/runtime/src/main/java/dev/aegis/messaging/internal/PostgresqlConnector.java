package dev.aegis.messaging.internal;

import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING;
import static io.smallrye.reactive.messaging.annotations.ConnectorAttribute.Direction.INCOMING_AND_OUTGOING;

import dev.aegis.messaging.PostgresqlMessaging;
import dev.aegis.messaging.internal.consumer.ConnectorThreads;
import dev.aegis.messaging.internal.consumer.ConsumerRegistration;
import dev.aegis.messaging.internal.receive.IncomingChannels;
import dev.aegis.messaging.internal.send.OutgoingChannels;
import dev.aegis.messaging.internal.settle.FailureHandlers;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.ConnectorAttribute;
import io.smallrye.reactive.messaging.connector.InboundConnector;
import io.smallrye.reactive.messaging.connector.OutboundConnector;
import io.smallrye.reactive.messaging.health.HealthReport;
import io.smallrye.reactive.messaging.health.HealthReporter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * PostgreSQL as a broker. A message sent in a transaction is committed with it; a message received by a
 * {@code @Transactional} method is acknowledged in the transaction of that method.
 */
@ApplicationScoped
@Connector(PostgresqlMessaging.CONNECTOR)
@ConnectorAttribute(
        name = "queue",
        direction = INCOMING_AND_OUTGOING,
        type = "string",
        description = "The queue: 1 to 50 letters, digits, dots, underscores or hyphens. Default: the channel's name")
@ConnectorAttribute(
        name = "topic",
        direction = INCOMING_AND_OUTGOING,
        type = "string",
        description =
                "Incoming: the topic to subscribe the queue to, so that it gets a copy of what is sent there. Outgoing: the"
                        + " topic to send to, instead of a queue. Named like a queue")
@ConnectorAttribute(
        name = "max-payload-size",
        direction = INCOMING_AND_OUTGOING,
        type = "int",
        defaultValue = "16777216",
        description =
                "The largest payload in bytes, 1 or more. A larger one is not sent; received, it goes to the dead letters"
                        + " without being read")
@ConnectorAttribute(
        name = "batch",
        direction = INCOMING,
        type = "boolean",
        defaultValue = "false",
        description = "Whether the handler takes lists of messages")
@ConnectorAttribute(
        name = "batch-size",
        direction = INCOMING,
        type = "int",
        defaultValue = "100",
        description = "The most messages, 1 to 10000, in one list")
@ConnectorAttribute(
        name = "transaction-size",
        direction = INCOMING,
        type = "int",
        defaultValue = "1",
        description =
                "The most messages, 1 to 10000, that a @Transactional handler of single ones handles in one transaction, one"
                        + " after the other. Those that wait are spread over the handlers that are free")
@ConnectorAttribute(
        name = "cluster-concurrency",
        direction = INCOMING,
        type = "int",
        defaultValue = "0",
        description =
                "The most messages, 1 to 10000, of the queue that all processes together handle at once; 0: no limit")
@ConnectorAttribute(
        name = "handler-timeout",
        direction = INCOMING,
        type = "java.time.Duration",
        description =
                "How long a handler may take, 1 ms or more, before its messages count as failed. Its transaction can no"
                        + " longer be committed then. Default: no limit")
@ConnectorAttribute(
        name = "prefetch",
        direction = INCOMING,
        type = "int",
        defaultValue = "1000",
        description = "The most messages, 1 to 10000, that a process takes ahead of its handlers. It takes fewer when"
                + " they are slow")
@ConnectorAttribute(
        name = "max-in-flight",
        direction = INCOMING,
        type = "int",
        defaultValue = "16",
        description =
                "The most calls, 1 to 10000, of a handler that is @Blocking(ordered = false) or on virtual threads at"
                        + " once in one channel, or in each of its copies when the channel has a concurrency")
@ConnectorAttribute(
        name = "poll-interval",
        direction = INCOMING,
        type = "java.time.Duration",
        description = "How often to look for messages whose notification was lost; 1 ms or more. Default: 5s")
@ConnectorAttribute(
        name = "max-attempts",
        direction = INCOMING,
        type = "int",
        defaultValue = "10",
        description = "How often a message is tried, 1 to 1000, before it goes to the dead letters")
@ConnectorAttribute(
        name = "retry.initial-delay",
        direction = INCOMING,
        type = "java.time.Duration",
        description = "The longest pause before the second attempt; it doubles for each further one. Default: 1s")
@ConnectorAttribute(
        name = "retry.max-delay",
        direction = INCOMING,
        type = "java.time.Duration",
        description = "The longest pause before any attempt. Default: 5m")
@ConnectorAttribute(
        name = "retry.abort-on",
        direction = INCOMING,
        type = "string",
        description =
                "A comma-separated list of classes of exceptions after which a message is not tried again but goes to the"
                        + " dead letters at once; subclasses too")
@ConnectorAttribute(
        name = "failure-strategy",
        direction = INCOMING,
        type = "string",
        defaultValue = "requeue",
        description = "What happens to a message whose handler failed: requeue (tried again, then to the dead letters),"
                + " dead-letter-queue (to the dead letters at once), ignore (dropped), fail (requeued, and the"
                + " channel stops), or the @Identifier of a PostgresqlFailureHandler.Factory of the application")
public class PostgresqlConnector implements InboundConnector, OutboundConnector, HealthReporter {

    private final IncomingChannels incoming;
    private final OutgoingChannels outgoing;
    private final ConsumerRegistration registration;
    private final ConnectorThreads threads;
    private final FailureHandlers failureHandlers;

    PostgresqlConnector(
            IncomingChannels incoming,
            OutgoingChannels outgoing,
            ConsumerRegistration registration,
            ConnectorThreads threads,
            FailureHandlers failureHandlers) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.registration = registration;
        this.threads = threads;
        this.failureHandlers = failureHandlers;
    }

    @Override
    public Flow.Publisher<? extends Message<?>> getPublisher(Config config) {
        return incoming.open(ChannelConfiguration.incoming(config, failureHandlers::create));
    }

    @Override
    public Flow.Subscriber<? extends Message<?>> getSubscriber(Config config) {
        return outgoing.open(ChannelConfiguration.outgoing(config));
    }

    /** Ready while this process is registered as a consumer and its heartbeat is in time. */
    @Override
    public HealthReport getReadiness() {
        var report = HealthReport.builder();
        for (var channel : incoming.health()) {
            report.add(channel.channel(), registration.isAlive());
        }
        return report.build();
    }

    /** Alive unless a channel was stopped by a failure, or a thread of the connector died or is stuck. */
    @Override
    public HealthReport getLiveness() {
        var report = HealthReport.builder();
        for (var channel : incoming.health()) {
            report.add(channel.channel(), !channel.isStopped());
        }
        threads.problems().forEach((thread, reason) -> report.add(thread, false, reason));
        return report.build();
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        incoming.stop();
        outgoing.stop(Duration.ofSeconds(5));
    }
}

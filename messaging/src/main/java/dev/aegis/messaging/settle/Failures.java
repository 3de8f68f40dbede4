package dev.aegis.messaging.settle;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.MessageDeadLettered;
import dev.aegis.messaging.UnreadablePayloadException;
import dev.aegis.messaging.consumer.ConsumerSession;
import dev.aegis.messaging.consumer.Outage;
import dev.aegis.messaging.store.Claim;
import dev.aegis.messaging.store.ClaimedMessage;
import dev.aegis.messaging.store.ConnectorDatabase;
import dev.aegis.messaging.store.SettleStatements;
import dev.aegis.messaging.telemetry.MessagingMetrics;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Ends the handling of messages that failed. While the database is away it tries again, as long as the claim holds. */
@Singleton
public class Failures {

    /** How often the observers of a dead letter may fail before it is moved without them. */
    private static final int SETTLE_ATTEMPTS = 3;

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private final ConnectorDatabase database;
    private final ConsumerSession session;
    private final Event<MessageDeadLettered> deadLettered;
    private final ObjectMapper json;
    private final MessagingMetrics metrics;
    private final Outage outage = new Outage("The settling of failed messages");

    Failures(
            ConnectorDatabase database,
            ConsumerSession session,
            Event<MessageDeadLettered> deadLettered,
            ObjectMapper json,
            MessagingMetrics metrics) {
        this.database = database;
        this.session = session;
        this.deadLettered = deadLettered;
        this.json = json;
        this.metrics = metrics;
    }

    /** Settles a message whose handler failed. Completes when that is durable, or when the claim was lost. */
    public CompletionStage<Void> failed(
            ClaimedMessage message, Throwable failure, FailureStrategy strategy, RetryPolicy policy) {
        var cause = Causes.root(failure);
        var error = storable(String.join(" ", cause.toString().lines().toList()));
        var claim = message.claim();
        LOG.warnf(
                "Message %d of queue %s failed at attempt %d of %d: %s",
                claim.id(), claim.queue(), claim.attempt(), policy.maxAttempts(), error);
        LOG.debug("The failure", failure);
        if (strategy == FailureStrategy.IGNORE) {
            return settle(claim, connection -> SettleStatements.delete(connection, claim));
        }
        if (cause instanceof UnreadablePayloadException
                || strategy == FailureStrategy.DEAD_LETTER_QUEUE
                || policy.isLast(claim.attempt())) {
            return bury(message, claim.attempt(), error, stackTrace(cause));
        }
        var delay = policy.delayAfter(claim.attempt());
        return settle(claim, connection -> SettleStatements.retry(connection, claim, delay, error));
    }

    /** Gives up a message that was claimed once too often: its workers died, or lost their claims, before they settled it. */
    public CompletionStage<Void> exhausted(ClaimedMessage message, RetryPolicy policy) {
        var error = "none of its " + policy.maxAttempts() + " attempts was finished: its workers died or stalled";
        LOG.errorf(
                "Message %d of queue %s is given up: %s",
                message.claim().id(), message.claim().queue(), error);
        return bury(message, policy.maxAttempts(), error, null);
    }

    private CompletionStage<Void> bury(
            ClaimedMessage message, int attempts, String error, @Nullable String stackTrace) {
        var claim = message.claim();
        Settlement silently = connection -> SettleStatements.bury(connection, claim, attempts, error, stackTrace);
        Settlement observed = connection -> {
            var buried = silently.apply(connection);
            if (buried) {
                deadLettered.fire(new MessageDeadLettered(message, attempts, error, json));
            }
            return buried;
        };
        return settle(claim, observed, silently).thenRun(() -> metrics.dead(claim.queue()));
    }

    private interface Settlement {
        boolean apply(Connection connection) throws SQLException;
    }

    private CompletionStage<Void> settle(Claim claim, Settlement settlement) {
        return settle(claim, settlement, settlement);
    }

    /** Applies a settlement, or the last resort when the settlement itself keeps failing. */
    private CompletionStage<Void> settle(Claim claim, Settlement settlement, Settlement lastResort) {
        var done = new CompletableFuture<Void>();
        Infrastructure.getDefaultWorkerPool().execute(() -> attempt(claim, settlement, lastResort, 1, done));
        return done;
    }

    private void attempt(
            Claim claim, Settlement settlement, Settlement lastResort, int attempt, CompletableFuture<Void> done) {
        try {
            var held = QuarkusTransaction.requiringNew().call(() -> {
                try (var connection = database.application().getConnection()) {
                    return settlement.apply(connection);
                }
            });
            outage.ended();
            if (!held) {
                LOG.debugf("The claim of message %d was lost before its failure was settled", claim.id());
            }
            done.complete(null);
        } catch (RuntimeException e) {
            if (!session.holds(claim.consumer())) {
                LOG.debugf("The claim of message %d was lost before its failure was settled", claim.id());
                done.complete(null);
            } else if (Causes.isOutage(e)) {
                outage.began(e);
                again(() -> attempt(claim, settlement, lastResort, attempt, done));
            } else {
                LOG.errorf(e, "The failure of message %d of queue %s can't be settled", claim.id(), claim.queue());
                var next = attempt < SETTLE_ATTEMPTS ? settlement : lastResort;
                again(() -> attempt(claim, next, lastResort, attempt + 1, done));
            }
        }
    }

    private void again(Runnable attempt) {
        Infrastructure.getDefaultWorkerPool().schedule(attempt, outage.backoff().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String stackTrace(Throwable cause) {
        var trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        return storable(trace.toString());
    }

    /** PostgreSQL's text holds any character but NUL. */
    private static String storable(String text) {
        return text.replace("\0", "\\0");
    }
}

package dev.aegis.messaging.internal.settle;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.DeadLetterEvent;
import dev.aegis.messaging.UnreadablePayloadException;
import dev.aegis.messaging.internal.payload.Payloads;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.store.FailureStatements;
import dev.aegis.messaging.internal.store.KeyStatements;
import dev.aegis.messaging.internal.store.NotifyStatements;
import dev.aegis.messaging.internal.store.SettleStatements;
import dev.aegis.messaging.internal.telemetry.MessagingMetrics;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.RollbackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Ends the handling of messages that failed: tried again later, given up, or dropped. */
@Singleton
public class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    /** How often in one attempt: what loses against others for longer had better wait. */
    private static final int MOST_CONFLICTS = 20;

    private final FailureSettlement settlements;
    private final Event<DeadLetterEvent> deadLettered;
    private final ObjectMapper json;
    private final MessagingMetrics metrics;

    Failures(
            FailureSettlement settlements,
            Event<DeadLetterEvent> deadLettered,
            ObjectMapper json,
            MessagingMetrics metrics) {
        this.settlements = settlements;
        this.deadLettered = deadLettered;
        this.json = json;
        this.metrics = metrics;
    }

    /**
     * Whether messages whose handler failed are to be handled again at once, at the same attempt: after a serialization
     * failure or a deadlock, which the next run of the transaction may not meet.
     */
    public static boolean isTriedAtOnce(List<ClaimedMessage> messages, Throwable failure, FailurePolicy policy) {
        return messages.stream().allMatch(message -> message.conflicts() < MOST_CONFLICTS)
                && FailureClassifier.isConflict(failure)
                && !policy.aborts(FailureClassifier.root(failure));
    }

    /**
     * Settles messages whose handler failed; several when it took them together. Completes when that is durable, or when
     * the claims were lost.
     */
    public CompletionStage<Void> failed(List<ClaimedMessage> messages, Throwable failure, FailurePolicy policy) {
        var cause = FailureClassifier.root(failure);
        // A failed commit says why only in what caused it.
        var error = storable(
                cause instanceof RollbackException
                        ? FailureClassifier.explanation(cause)
                        : FailureClassifier.text(cause));
        var first = messages.get(0).claim();
        LOG.warnf(
                "%s of queue %s failed at attempt %d of %d: %s",
                messages.size() == 1 ? "Message " + first.id() : messages.size() + " messages",
                first.queue(),
                first.attempt(),
                policy.retry().maxAttempts(),
                error);
        LOG.debug("The failure", failure);
        var stackTrace = storable(FailureClassifier.stackTrace(cause));
        return settle(messages, (connection, message, observers) -> {
            var claim = message.claim();
            if (policy.strategy() == FailureStrategy.IGNORE) {
                SettleStatements.delete(connection, claim);
                return Outcome.DROPPED;
            }
            if (cause instanceof UnreadablePayloadException || policy.givesUp(cause, claim.attempt())) {
                return bury(connection, message, claim.attempt(), error, stackTrace, observers);
            }
            var delay = policy.retry().delayAfter(claim.attempt());
            return FailureStatements.retry(connection, claim, delay, error) ? Outcome.RETRIED : Outcome.LOST;
        });
    }

    /** Gives back messages whose handling is not gone on with; the attempt is not counted. Completes as {@link #failed} does. */
    public CompletionStage<Void> released(List<ClaimedMessage> messages) {
        var claims = messages.stream().map(ClaimedMessage::claim).toList();
        return settlements.settle(claims.get(0).consumer(), (connection, observers) -> {
            SettleStatements.release(connection, claims);
            NotifyStatements.send(connection, Set.of(claims.get(0).queue()));
            return () -> {};
        });
    }

    /** Gives up a message that was claimed once too often: its workers died, or lost their claims, before they settled it. */
    public CompletionStage<Void> exhausted(ClaimedMessage message, FailurePolicy policy) {
        var attempts = policy.retry().maxAttempts();
        return giveUp(
                message, attempts, "none of its " + attempts + " attempts was finished: its workers died or stalled");
    }

    /** Gives up a message whose payload is larger than {@code most} bytes. */
    public CompletionStage<Void> tooLarge(ClaimedMessage message, int most) {
        return giveUp(
                message,
                message.claim().attempt(),
                "its payload of " + message.size() + " bytes is larger than max-payload-size, which is " + most);
    }

    private CompletionStage<Void> giveUp(ClaimedMessage message, int attempts, String error) {
        var claim = message.claim();
        LOG.errorf("Message %d of queue %s is given up: %s", claim.id(), claim.queue(), error);
        return settle(
                List.of(message),
                (connection, one, observers) -> bury(connection, one, attempts, error, null, observers));
    }

    /** What became of a message, when that is committed. */
    private enum Outcome {
        RETRIED,
        DEAD,
        DROPPED,
        /** Another consumer has it. */
        LOST
    }

    /** Decides on one message. */
    private interface FailureAction {
        Outcome apply(Connection connection, ClaimedMessage message, Observers observers) throws SQLException;
    }

    private CompletionStage<Void> settle(List<ClaimedMessage> messages, FailureAction verdict) {
        var lanes = messages.stream()
                .flatMap(message -> Stream.ofNullable(message.claim().lane()))
                .collect(Collectors.toSet());
        var claim = messages.get(0).claim();
        return settlements.settle(
                claim.consumer(),
                (connection, observers) -> {
                    if (lanes.size() > 1) {
                        KeyStatements.lock(connection, lanes);
                    }
                    var outcomes = new ArrayList<Outcome>(messages.size());
                    for (var message : messages) {
                        outcomes.add(verdict.apply(connection, message, observers));
                    }
                    if (lanes.size() > 1) {
                        // The claims of some may be lost, and their keys gone with their messages.
                        KeyStatements.leave(connection, lanes);
                    }
                    return () -> count(claim.queue(), outcomes);
                },
                // An observer that can't bear one of several must not keep the others from being told of.
                messages.size() == 1 ? null : () -> settleEach(messages, verdict));
    }

    private CompletionStage<Void> settleEach(List<ClaimedMessage> messages, FailureAction verdict) {
        return CompletableFuture.allOf(messages.stream()
                .map(message -> settle(List.of(message), verdict).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private void count(String queue, List<Outcome> outcomes) {
        for (var outcome : outcomes) {
            switch (outcome) {
                case RETRIED -> metrics.retried(queue);
                case DEAD -> metrics.dead(queue);
                case DROPPED, LOST -> {}
            }
        }
    }

    private Outcome bury(
            Connection connection,
            ClaimedMessage message,
            int attempts,
            String error,
            @Nullable String stackTrace,
            Observers observers)
            throws SQLException {
        var reason = storable(observers.complete(error));
        var trace = observers.completeTrace(stackTrace);
        if (!FailureStatements.bury(
                connection, message.claim(), attempts, reason, trace == null ? null : storable(trace))) {
            return Outcome.LOST;
        }
        observers.tell(() -> deadLettered.fire(event(message, attempts, error)));
        return Outcome.DEAD;
    }

    private DeadLetterEvent event(ClaimedMessage message, int attempts, String error) {
        return new DeadLetterEvent(
                message.claim().queue(),
                message.claim().id(),
                attempts,
                error,
                message.headers(),
                type -> Payloads.read(Payloads.reader(json, type), message));
    }

    /** PostgreSQL's text holds any character but NUL. */
    private static String storable(String text) {
        return text.replace("\0", "\\0");
    }
}

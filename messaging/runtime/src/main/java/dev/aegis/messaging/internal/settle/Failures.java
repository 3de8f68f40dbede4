package dev.aegis.messaging.internal.settle;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.DeadLetterEvent;
import dev.aegis.messaging.FailureAction;
import dev.aegis.messaging.FailureAction.Kind;
import dev.aegis.messaging.PostgresqlFailureHandler;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Settles messages whose handler failed: they are tried again later, dead-lettered, or dropped. */
@Singleton
public class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    /** How many conflicts one attempt may have; after that the message waits for its next attempt. */
    private static final int MAX_CONFLICTS = 20;

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
     *
     * @param abortOn the names of exception classes after which a message is not tried again
     */
    public static boolean isTriedAtOnce(List<ClaimedMessage> messages, Throwable failure, Set<String> abortOn) {
        return messages.stream().allMatch(message -> message.conflicts() < MAX_CONFLICTS)
                && FailureClassifier.isConflict(failure)
                && !FailureHandlers.aborts(abortOn, FailureClassifier.root(failure));
    }

    /**
     * What is to become of each of {@code messages}.
     *
     * @param maxAttempts after how many attempts a message is not tried again, whatever the strategy says
     */
    public List<FailureAction> decide(
            List<ClaimedMessage> messages, Throwable failure, PostgresqlFailureHandler handler, int maxAttempts) {
        var cause = FailureClassifier.root(failure);
        return messages.stream()
                .map(message -> decide(message, cause, handler, maxAttempts))
                .toList();
    }

    private static FailureAction decide(
            ClaimedMessage message, Throwable cause, PostgresqlFailureHandler handler, int maxAttempts) {
        try {
            var action = Objects.requireNonNull(handler.onFailure(message.metadata(), cause), "it decided nothing");
            var mayBeTriedAgain =
                    message.claim().attempt() < maxAttempts && !(cause instanceof UnreadablePayloadException);
            return action.kind() != Kind.RETRY || mayBeTriedAgain
                    ? action
                    : new FailureAction(Kind.DEAD_LETTER, Duration.ZERO, action.stopsChannel());
        } catch (RuntimeException | Error e) {
            LOG.errorf(
                    e,
                    "The failure strategy failed on message %d of queue %s, which goes to the dead letters",
                    message.claim().id(),
                    message.claim().queue());
            return FailureAction.deadLetter();
        }
    }

    /**
     * Settles messages whose handler failed; several when it took them together. Completes when that is durable, or when
     * the claims were lost.
     *
     * @param actions what becomes of each
     */
    public CompletionStage<Void> settle(List<ClaimedMessage> messages, Throwable failure, List<FailureAction> actions) {
        var cause = FailureClassifier.root(failure);
        // The message of a failed commit is in its cause.
        var error = storable(
                cause instanceof RollbackException
                        ? FailureClassifier.explanation(cause)
                        : FailureClassifier.text(cause));
        var first = messages.get(0).claim();
        LOG.warnf(
                "%s of queue %s failed at attempt %d%s: %s",
                messages.size() == 1 ? "Message " + first.id() : messages.size() + " messages",
                first.queue(),
                first.attempt(),
                messages.size() == 1 ? described(actions.get(0)) : "",
                error);
        LOG.debug("The failure", failure);
        var stackTrace = storable(FailureClassifier.stackTrace(cause));
        var actionOf = new IdentityHashMap<ClaimedMessage, FailureAction>();
        for (var i = 0; i < messages.size(); i++) {
            actionOf.put(messages.get(i), actions.get(i));
        }
        return settle(messages, (connection, message, observers) -> {
            var claim = message.claim();
            var action = Objects.requireNonNull(actionOf.get(message));
            return switch (action.kind()) {
                case DROP -> {
                    SettleStatements.delete(connection, claim);
                    yield Outcome.DROPPED;
                }
                case DEAD_LETTER -> deadLetter(connection, message, claim.attempt(), error, stackTrace, observers);
                case RETRY ->
                    FailureStatements.retry(connection, claim, action.delay(), error) ? Outcome.RETRIED : Outcome.LOST;
            };
        });
    }

    /** Releases the claims of messages that this process does not handle; the attempt is not counted. Completes as {@link #settle} does. */
    public CompletionStage<Void> released(List<ClaimedMessage> messages) {
        var claims = messages.stream().map(ClaimedMessage::claim).toList();
        return settlements.settle(claims.get(0).consumer(), (connection, observers) -> {
            SettleStatements.release(connection, claims);
            NotifyStatements.send(connection, Set.of(claims.get(0).queue()));
            return () -> {};
        });
    }

    /** Gives up a message that was claimed once too often: its workers died, or lost their claims, before they settled it. */
    public CompletionStage<Void> maxAttemptsExceeded(ClaimedMessage message, int maxAttempts) {
        return giveUp(
                message,
                maxAttempts,
                "none of its " + maxAttempts + " attempts was finished: its workers died or stalled");
    }

    private static String described(FailureAction action) {
        return switch (action.kind()) {
            case RETRY -> " and is tried again in " + action.delay().toMillis() + " ms";
            case DEAD_LETTER -> " and is a dead letter now";
            case DROP -> " and is dropped";
        };
    }

    /** Gives up a message whose payload is larger than {@code limit} bytes. */
    public CompletionStage<Void> tooLarge(ClaimedMessage message, int limit) {
        return giveUp(
                message,
                message.claim().attempt(),
                "its payload of " + message.size() + " bytes is larger than max-payload-size, which is " + limit);
    }

    private CompletionStage<Void> giveUp(ClaimedMessage message, int attempts, String error) {
        var claim = message.claim();
        LOG.errorf("Message %d of queue %s is given up: %s", claim.id(), claim.queue(), error);
        return settle(
                List.of(message),
                (connection, one, observers) -> deadLetter(connection, one, attempts, error, null, observers));
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
    private interface Decision {
        Outcome apply(Connection connection, ClaimedMessage message, Observers observers) throws SQLException;
    }

    private CompletionStage<Void> settle(List<ClaimedMessage> messages, Decision decision) {
        var groups = messages.stream()
                .flatMap(message -> Stream.ofNullable(message.claim().orderingGroup()))
                .collect(Collectors.toSet());
        var claim = messages.get(0).claim();
        return settlements.settle(
                claim.consumer(),
                (connection, observers) -> {
                    if (groups.size() > 1) {
                        KeyStatements.lock(connection, groups);
                    }
                    var outcomes = new ArrayList<Outcome>(messages.size());
                    for (var message : messages) {
                        outcomes.add(decision.apply(connection, message, observers));
                    }
                    if (groups.size() > 1) {
                        // The claims of some may be lost, and their keys gone with their messages.
                        KeyStatements.unblockNext(connection, groups);
                    }
                    return () -> count(claim.queue(), outcomes);
                },
                // An observer that fails on one of several messages must not prevent the others from being observed.
                messages.size() == 1 ? null : () -> settleEach(messages, decision));
    }

    private CompletionStage<Void> settleEach(List<ClaimedMessage> messages, Decision decision) {
        return CompletableFuture.allOf(messages.stream()
                .map(message -> settle(List.of(message), decision).toCompletableFuture())
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

    private Outcome deadLetter(
            Connection connection,
            ClaimedMessage message,
            int attempts,
            String error,
            @Nullable String stackTrace,
            Observers observers)
            throws SQLException {
        var reason = storable(observers.complete(error));
        var trace = observers.completeTrace(stackTrace);
        if (!FailureStatements.deadLetter(
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

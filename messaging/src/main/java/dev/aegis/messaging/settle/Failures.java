package dev.aegis.messaging.settle;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.messaging.MessageDeadLettered;
import dev.aegis.messaging.UnreadablePayloadException;
import dev.aegis.messaging.store.ClaimedMessage;
import dev.aegis.messaging.store.FailureStatements;
import dev.aegis.messaging.store.KeyStatements;
import dev.aegis.messaging.store.NotifyStatements;
import dev.aegis.messaging.store.SettleStatements;
import dev.aegis.messaging.telemetry.MessagingMetrics;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Ends the handling of messages that failed: tried again later, given up, or dropped. */
@Singleton
public class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private final Settlements settlements;
    private final Event<MessageDeadLettered> deadLettered;
    private final ObjectMapper json;
    private final MessagingMetrics metrics;

    Failures(
            Settlements settlements,
            Event<MessageDeadLettered> deadLettered,
            ObjectMapper json,
            MessagingMetrics metrics) {
        this.settlements = settlements;
        this.deadLettered = deadLettered;
        this.json = json;
        this.metrics = metrics;
    }

    /**
     * Settles messages whose handler failed; several when it took them together. Completes when that is durable, or when
     * the claims were lost.
     */
    public CompletionStage<Void> failed(List<ClaimedMessage> messages, Throwable failure, FailurePolicy policy) {
        var cause = Causes.root(failure);
        var error = storable(Causes.text(cause));
        var first = messages.get(0).claim();
        LOG.warnf(
                "%s of queue %s failed at attempt %d of %d: %s",
                messages.size() == 1 ? "Message " + first.id() : messages.size() + " messages",
                first.queue(),
                first.attempt(),
                policy.retry().maxAttempts(),
                error);
        LOG.debug("The failure", failure);
        var stackTrace = storable(Causes.stackTrace(cause));
        return settle(messages, (connection, message, observed) -> {
            var claim = message.claim();
            if (policy.strategy() == FailureStrategy.IGNORE) {
                SettleStatements.delete(connection, claim);
            } else if (cause instanceof UnreadablePayloadException || policy.givesUp(cause, claim.attempt())) {
                bury(connection, message, claim.attempt(), error, stackTrace, observed);
            } else {
                FailureStatements.retry(connection, claim, policy.retry().delayAfter(claim.attempt()), error);
                metrics.retried(claim.queue());
            }
        });
    }

    /** Gives back messages whose handling is not gone on with; the attempt is not counted. Completes as {@link #failed} does. */
    public CompletionStage<Void> released(List<ClaimedMessage> messages) {
        var claims = messages.stream().map(ClaimedMessage::claim).toList();
        return settlements.settle(claims.get(0).consumer(), (connection, observed) -> {
            SettleStatements.release(connection, claims);
            NotifyStatements.send(connection, Set.of(claims.get(0).queue()));
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
                (connection, one, observed) -> bury(connection, one, attempts, error, null, observed));
    }

    /** What becomes of one message; without its observers when these keep failing. */
    private interface Verdict {
        void apply(Connection connection, ClaimedMessage message, boolean observed) throws SQLException;
    }

    private CompletionStage<Void> settle(List<ClaimedMessage> messages, Verdict verdict) {
        var lanes = messages.stream()
                .flatMap(message -> Stream.ofNullable(message.claim().lane()))
                .collect(Collectors.toSet());
        return settlements.settle(messages.get(0).claim().consumer(), (connection, observed) -> {
            if (lanes.size() > 1) {
                KeyStatements.lock(connection, lanes);
            }
            for (var message : messages) {
                verdict.apply(connection, message, observed);
            }
            if (lanes.size() > 1) {
                // The claims of some may be lost, and their keys gone with their messages.
                KeyStatements.leave(connection, lanes);
            }
        });
    }

    private void bury(
            Connection connection,
            ClaimedMessage message,
            int attempts,
            String error,
            @Nullable String stackTrace,
            boolean observed)
            throws SQLException {
        if (FailureStatements.bury(connection, message.claim(), attempts, error, stackTrace)) {
            if (observed) {
                deadLettered.fire(new MessageDeadLettered(message, attempts, error, json));
            }
            metrics.dead(message.claim().queue());
        }
    }

    /** PostgreSQL's text holds any character but NUL. */
    private static String storable(String text) {
        return text.replace("\0", "\\0");
    }
}

package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.settle.Acknowledger;
import dev.aegis.messaging.internal.settle.Failures;
import dev.aegis.messaging.internal.store.ClaimStatements;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.SettleStatements;
import dev.aegis.messaging.internal.telemetry.MessagingMetrics;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the claimed messages that are to be handled now. Of the others it drops the expired ones, gives up those that are
 * too large or were tried too often, and waits with those whose unique key a sender is deciding on.
 */
@Singleton
class ClaimFilter {

    /** How many bytes of payloads wait for handlers, at most, beside one message. */
    static final long MAX_BYTES = 16 << 20;

    private static final Logger LOG = Logger.getLogger(ClaimFilter.class);

    private final ConnectorDatabase database;
    private final Failures failures;
    private final Acknowledger acknowledger;
    private final UniqueKeyWaiter uniqueKeys;
    private final MessagingMetrics metrics;

    ClaimFilter(
            ConnectorDatabase database,
            Failures failures,
            Acknowledger acknowledger,
            UniqueKeyWaiter uniqueKeys,
            MessagingMetrics metrics) {
        this.database = database;
        this.failures = failures;
        this.acknowledger = acknowledger;
        this.uniqueKeys = uniqueKeys;
        this.metrics = metrics;
    }

    /** Puts those of {@code claimed} that shall be handled now into {@code buffer}. */
    void pass(List<ClaimedMessage> claimed, IncomingSettings settings, PrefetchBuffer buffer) throws SQLException {
        // What is given back keeps its unique key, so the keys are freed after that.
        var loaded = claimed.stream().anyMatch(ClaimedMessage::isLarge) ? load(claimed, settings, buffer) : claimed;
        passValid(withFreeKeys(loaded, settings, buffer), settings, buffer);
    }

    private void passValid(List<ClaimedMessage> messages, IncomingSettings settings, PrefetchBuffer buffer) {
        var valid = new ArrayList<ClaimedMessage>(messages.size());
        for (var message : messages) {
            if (isValid(message, settings)) {
                valid.add(message);
            } else {
                end(message, settings);
                buffer.release(List.of(message));
            }
        }
        if (!buffer.accept(valid)) {
            // The channel stopped while the key of a message was awaited.
            failures.released(valid).whenComplete((done, error) -> buffer.release(valid));
        }
    }

    /** The ids of the claims that are not settled, or whose message is not removed yet. */
    Collection<Long> known(PrefetchBuffer buffer) {
        var known = new HashSet<>(buffer.held());
        known.addAll(acknowledger.pending());
        return known;
    }

    private static boolean isValid(ClaimedMessage message, IncomingSettings settings) {
        return !message.isExpired()
                && message.claim().attempt() <= settings.maxAttempts()
                && message.size() <= settings.maxPayloadSize();
    }

    private void end(ClaimedMessage message, IncomingSettings settings) {
        if (message.isExpired()) {
            expired(message);
        } else if (message.claim().attempt() > settings.maxAttempts()) {
            failures.maxAttemptsExceeded(message, settings.maxAttempts());
        } else {
            failures.tooLarge(message, settings.maxPayloadSize());
        }
    }

    /** Drops a message whose time to live is over. */
    void expired(ClaimedMessage message) {
        var claim = message.claim();
        LOG.debugf("Message %d of queue %s has expired", claim.id(), claim.queue());
        metrics.expired(claim.queue(), 1);
        acknowledger.acknowledge(claim);
    }

    private List<ClaimedMessage> withFreeKeys(
            List<ClaimedMessage> messages, IncomingSettings settings, PrefetchBuffer buffer) throws SQLException {
        var keyed =
                messages.stream().filter(message -> message.uniqueKey() != null).toList();
        if (keyed.isEmpty()) {
            return messages;
        }
        var contended =
                database.own(connection -> ClaimStatements.releaseUniqueKeys(connection, settings.queue(), keyed));
        var free = new ArrayList<ClaimedMessage>();
        for (var message : messages) {
            if (contended.contains(message.claim().id())) {
                buffer.hold(List.of(message));
                uniqueKeys.await(message, () -> passValid(List.of(message), settings, buffer));
            } else {
                free.add(message);
            }
        }
        return free;
    }

    /** Loads large payloads as far as there is room for them, and gives back the messages that there is none for. */
    private List<ClaimedMessage> load(List<ClaimedMessage> messages, IncomingSettings settings, PrefetchBuffer buffer)
            throws SQLException {
        var room = MAX_BYTES - buffer.bytes();
        var loaded = new ArrayList<ClaimedMessage>();
        var tooMuch = new ArrayList<ClaimedMessage>();
        for (var message : messages) {
            if (!isValid(message, settings)) {
                loaded.add(message);
                continue;
            }
            if (message.isLarge() && message.size() > room && !(loaded.isEmpty() && buffer.size() == 0)) {
                tooMuch.add(message);
                continue;
            }
            room -= message.size();
            var whole = message.isLarge() ? loaded(message) : message;
            if (whole == null) {
                buffer.release(List.of(message));
            } else {
                loaded.add(whole);
            }
        }
        if (!tooMuch.isEmpty()) {
            var claims = tooMuch.stream().map(ClaimedMessage::claim).toList();
            database.own(connection -> SettleStatements.release(connection, claims));
            buffer.release(tooMuch);
        }
        return loaded;
    }

    @SuppressWarnings("NullAway") // the result of a statement may be null, where the caller says so
    private @Nullable ClaimedMessage loaded(ClaimedMessage message) throws SQLException {
        return database.own(connection -> ClaimStatements.load(connection, message));
    }
}

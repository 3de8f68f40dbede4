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

/** Sorts out of the messages that were claimed those that are not to be handled, or not yet. */
@Singleton
class ClaimFilter {

    /** How many bytes of payloads wait for handlers, at most, beside one message. */
    static final long MOST_BYTES = 16 << 20;

    private static final Logger LOG = Logger.getLogger(ClaimFilter.class);

    private final ConnectorDatabase database;
    private final Failures failures;
    private final Acknowledger acknowledger;
    private final UniqueKeyWaiter contendedKeys;
    private final MessagingMetrics metrics;

    ClaimFilter(
            ConnectorDatabase database,
            Failures failures,
            Acknowledger acknowledger,
            UniqueKeyWaiter contendedKeys,
            MessagingMetrics metrics) {
        this.database = database;
        this.failures = failures;
        this.acknowledger = acknowledger;
        this.contendedKeys = contendedKeys;
        this.metrics = metrics;
    }

    /** Puts those of {@code claimed} that shall be handled now into {@code inbox}. */
    void take(List<ClaimedMessage> claimed, IncomingSettings settings, PrefetchBuffer inbox) throws SQLException {
        // What is given back keeps its unique key: so the others are freed only then.
        var affordable = claimed.stream().anyMatch(ClaimedMessage::isLarge) ? load(claimed, settings, inbox) : claimed;
        takeFree(withFreeKeys(affordable, settings, inbox), settings, inbox);
    }

    private void takeFree(List<ClaimedMessage> messages, IncomingSettings settings, PrefetchBuffer inbox) {
        var sound = new ArrayList<ClaimedMessage>(messages.size());
        for (var message : messages) {
            if (isSound(message, settings)) {
                sound.add(message);
            } else {
                end(message, settings);
                inbox.release(List.of(message));
            }
        }
        if (!inbox.accept(sound)) {
            // The channel stopped while the key of a message was awaited.
            failures.released(sound).whenComplete((done, error) -> inbox.release(sound));
        }
    }

    /** The ids of the claims that are not settled, or whose message is not removed yet. */
    Collection<Long> known(PrefetchBuffer inbox) {
        var known = new HashSet<>(inbox.held());
        known.addAll(acknowledger.pending());
        return known;
    }

    private static boolean isSound(ClaimedMessage message, IncomingSettings settings) {
        return !message.isExpired()
                && message.claim().attempt() <= settings.failurePolicy().retry().maxAttempts()
                && message.size() <= settings.maxPayloadSize();
    }

    private void end(ClaimedMessage message, IncomingSettings settings) {
        var claim = message.claim();
        if (message.isExpired()) {
            expired(message);
        } else if (claim.attempt() > settings.failurePolicy().retry().maxAttempts()) {
            failures.exhausted(message, settings.failurePolicy());
        } else {
            failures.tooLarge(message, settings.maxPayloadSize());
        }
    }

    /** Drops a message whose time is over. */
    void expired(ClaimedMessage message) {
        var claim = message.claim();
        LOG.debugf("Message %d of queue %s has expired", claim.id(), claim.queue());
        metrics.expired(claim.queue(), 1);
        acknowledger.acknowledge(claim);
    }

    private List<ClaimedMessage> withFreeKeys(
            List<ClaimedMessage> messages, IncomingSettings settings, PrefetchBuffer inbox) throws SQLException {
        var keyed =
                messages.stream().filter(message -> message.uniqueKey() != null).toList();
        if (keyed.isEmpty()) {
            return messages;
        }
        var contended = database.own(connection -> ClaimStatements.freeUniqueKeys(connection, settings.queue(), keyed));
        var free = new ArrayList<ClaimedMessage>();
        for (var message : messages) {
            if (contended.contains(message.claim().id())) {
                inbox.hold(List.of(message));
                contendedKeys.await(message, () -> takeFree(List.of(message), settings, inbox));
            } else {
                free.add(message);
            }
        }
        return free;
    }

    /** Loads large payloads as far as there is room for them; what is too much now waits in the queue again. */
    private List<ClaimedMessage> load(List<ClaimedMessage> messages, IncomingSettings settings, PrefetchBuffer inbox)
            throws SQLException {
        var room = MOST_BYTES - inbox.bytes();
        var loaded = new ArrayList<ClaimedMessage>();
        var tooMuch = new ArrayList<ClaimedMessage>();
        for (var message : messages) {
            if (!isSound(message, settings)) {
                loaded.add(message);
                continue;
            }
            if (message.isLarge() && message.size() > room && !(loaded.isEmpty() && inbox.size() == 0)) {
                tooMuch.add(message);
                continue;
            }
            room -= message.size();
            var whole = message.isLarge() ? loaded(message) : message;
            if (whole == null) {
                inbox.release(List.of(message));
            } else {
                loaded.add(whole);
            }
        }
        if (!tooMuch.isEmpty()) {
            var claims = tooMuch.stream().map(ClaimedMessage::claim).toList();
            database.own(connection -> SettleStatements.release(connection, claims));
            inbox.release(tooMuch);
        }
        return loaded;
    }

    @SuppressWarnings("NullAway") // the result of a statement may be null, where the caller says so
    private @Nullable ClaimedMessage loaded(ClaimedMessage message) throws SQLException {
        return database.own(connection -> ClaimStatements.load(connection, message));
    }
}

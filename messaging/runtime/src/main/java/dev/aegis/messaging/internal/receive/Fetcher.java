package dev.aegis.messaging.internal.receive;

import dev.aegis.messaging.internal.store.ClaimStatements;
import dev.aegis.messaging.internal.store.ClaimStatements.Position;
import dev.aegis.messaging.internal.store.ClaimedMessage;
import dev.aegis.messaging.internal.store.ConnectorDatabase;
import dev.aegis.messaging.internal.store.NotifyStatements;
import dev.aegis.messaging.internal.store.QueuePeek;
import dev.aegis.messaging.internal.store.SettleStatements;
import dev.aegis.messaging.internal.store.SubscriptionStatements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages from one queue, and says when to try again.
 *
 * <p>For one thread.
 */
final class Fetcher {

    private static final Logger LOG = Logger.getLogger(Fetcher.class);

    private final IncomingSettings settings;
    private final ConnectorDatabase database;
    private final ClaimFilter intake;
    private final PrefetchBuffer inbox;
    private final InDoubtClaims doubt = new InDoubtClaims();
    private final ScanCursor lookout = new ScanCursor();
    private final ClusterConcurrencyLimiter limit;
    private boolean prepared;
    private boolean calm;
    private int affordable = Integer.MAX_VALUE;

    Fetcher(IncomingSettings settings, ConnectorDatabase database, ClaimFilter intake, PrefetchBuffer inbox) {
        this.settings = settings;
        this.database = database;
        this.intake = intake;
        this.inbox = inbox;
        this.limit = new ClusterConcurrencyLimiter(settings.queue(), settings.clusterConcurrency(), database);
    }

    /** The same when nothing has told of a message. While all is calm it only looks. */
    Duration poll(long id, int wanted) throws SQLException {
        // Behind a place in the middle there is nothing to see.
        if (!calm || !lookout.begin().equals(Position.START)) {
            return claim(id, wanted);
        }
        var glance = database.own(connection -> QueuePeek.at(connection, settings.queue()));
        return glance.isCalm() ? untilNext(glance.nextDueIn()) : claim(id, wanted);
    }

    /** Claims up to {@code wanted} messages for the consumer of that id, and says how long to wait before the next time. */
    Duration claim(long id, int wanted) throws SQLException {
        calm = false;
        prepare();
        if (doubt.isDue()) {
            releaseUnknown(id);
        }
        var most = doubt.isCautious() ? 1 : Math.min(wanted, affordable);
        var allowed = limit.allow(id, most, inbox.held().size());
        if (allowed == 0) {
            return jittered(settings.pollInterval());
        }
        var next = claimAllowed(id, allowed);
        limit.keep(inbox.held().size());
        return next;
    }

    /** The last claim failed; {@code tooLarge} when a message did not fit into the memory. */
    void failed(boolean tooLarge) {
        doubt.began(tooLarge);
        calm = false;
    }

    private void prepare() throws SQLException {
        if (prepared) {
            return;
        }
        limit.prepare();
        var address = settings.address();
        if (address != null) {
            database.own(connection -> SubscriptionStatements.bind(connection, address, settings.queue()));
        }
        prepared = true;
    }

    private void releaseUnknown(long id) throws SQLException {
        var released = database.own(
                connection -> SettleStatements.releaseUnknown(connection, settings.queue(), id, intake.known(inbox)));
        limit.releaseUnknown(id);
        if (released > 0) {
            LOG.warnf("%d claims of queue %s had never arrived; their messages wait again", released, settings.queue());
        }
    }

    private Duration claimAllowed(long id, int most) throws SQLException {
        var messages = database.own(connection -> look(connection, id, most));
        affordable = affordable(messages);
        intake.take(messages, settings, inbox);
        if (messages.size() == most) {
            return Duration.ZERO;
        }
        var promotion = database.own(connection -> ClaimStatements.promote(connection, settings.queue()));
        if (promotion.moved() > 0) {
            return Duration.ZERO;
        }
        calm = messages.isEmpty() && doubt.isOver();
        return untilNext(promotion.nextDueIn());
    }

    private List<ClaimedMessage> look(Connection connection, long id, int most) throws SQLException {
        var from = lookout.begin();
        var begun = System.nanoTime();
        var messages = ClaimStatements.claim(connection, settings.queue(), id, most, from);
        lookout.ended(System.nanoTime() - begun, messages);
        return messages;
    }

    private Duration untilNext(@Nullable Duration due) {
        var soonest = Collections.min(List.of(jittered(settings.pollInterval()), lookout.untilFull()));
        return due == null ? soonest : Collections.min(List.of(soonest, due));
    }

    /** How many messages of the size that they have now fit into the memory that is meant for them. */
    private static int affordable(List<ClaimedMessage> messages) {
        var bytes = messages.stream().mapToLong(ClaimedMessage::size).sum();
        return bytes == 0 ? Integer.MAX_VALUE : (int) Math.max(1, ClaimFilter.MOST_BYTES * messages.size() / bytes);
    }

    private static Duration jittered(Duration interval) {
        var millis = interval.toMillis();
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 5 + 1));
    }

    /** Lets other processes have the slots of the cluster, when nothing is under way any more. */
    void leave() {
        try {
            limit.keep(0);
        } catch (SQLException e) {
            LOG.warnf("The slots of queue %s stay taken until this process ends: %s", settings.queue(), e);
        }
    }

    /** Gives back what waits for handlers; nothing waits for them any more. Returns what could not be given back. */
    List<ClaimedMessage> giveBack() {
        var messages = inbox.close();
        if (messages.isEmpty()) {
            return messages;
        }
        var claims = messages.stream().map(ClaimedMessage::claim).toList();
        try {
            var released = database.own(connection -> {
                var given = SettleStatements.release(connection, claims);
                NotifyStatements.send(connection, Set.of(settings.queue()));
                return given;
            });
            LOG.infof("Gave back %d messages of queue %s that were not begun", released, settings.queue());
            return List.of();
        } catch (SQLException e) {
            LOG.warnf("Could not give back %d messages of queue %s yet: %s", claims.size(), settings.queue(), e);
            return messages;
        }
    }
}

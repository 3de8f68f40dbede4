package dev.aegis.platform.schedule;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/**
 * Fires a schedule, once for each of its times, whichever replicas try. The row that makes the firing unique, the work and
 * the messages are one transaction: a replica that dies on the way leaves nothing, and another can do it.
 */
@ApplicationScoped
class Ignition {

    private final Firings firings;

    Ignition(Firings firings) {
        this.firings = firings;
    }

    Attempt fire(Schedule schedule, Instant time) {
        return QuarkusTransaction.requiringNew().call(() -> attempt(schedule, time));
    }

    private Attempt attempt(Schedule schedule, Instant time) {
        if (!firings.lock(schedule.name())) {
            return Attempt.BUSY;
        }
        firings.removeFuture(schedule.name());
        if (firings.isFuture(time)) {
            return Attempt.EARLY;
        }
        var firing = firings.record(schedule.name(), time);
        if (firing.isEmpty()) {
            return Attempt.SKIPPED;
        }
        var sent = schedule.fire(firing.get());
        return Attempt.fired(sent, firings.recordSent(firing.get(), sent));
    }
}

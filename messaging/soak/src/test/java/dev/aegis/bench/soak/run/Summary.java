package dev.aegis.bench.soak.run;

import dev.aegis.bench.soak.check.Dispatch;
import dev.aegis.bench.soak.check.Effect;
import dev.aegis.bench.soak.check.History;
import dev.aegis.bench.soak.check.Outcome;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A run in figures. */
record Summary(History history, Collection<Dispatch> dispatches, Collection<Outcome> outcomes) {

    @Override
    public String toString() {
        var sent = dispatches.stream()
                .filter(dispatch -> dispatch.sent() == Dispatch.Sent.YES)
                .count();
        var again = history.effects().stream()
                .mapToInt(Effect::attempt)
                .filter(attempt -> attempt > 1)
                .count();
        return String.format(
                Locale.ROOT,
                "sent %d of %d; effects %d, of them %d not at the first attempt; dead letters %d; steps done %d, failed %d, unknown %d",
                sent,
                dispatches.size(),
                history.effects().size(),
                again,
                history.deadLetters().size(),
                count(Outcome.DONE),
                count(Outcome.FAILED),
                count(Outcome.UNKNOWN));
    }

    private long count(Outcome outcome) {
        return List.copyOf(outcomes).stream().filter(outcome::equals).count();
    }
}

package dev.aegis.bench.soak.check;

import dev.aegis.bench.soak.check.Dispatch.Sent;
import dev.aegis.bench.soak.plan.Plan;
import dev.aegis.bench.soak.plan.Queues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One after the other in the order of sending for each ordering key, and no more at once than a queue's limit. */
final class Orders {

    private Orders() {}

    static List<Violation> check(Map<String, Dispatch> dispatches, History history) {
        var violations = new ArrayList<Violation>();
        var lanes = new TreeMap<String, List<Effect>>();
        var seen = new HashSet<String>();
        for (var effect : history.effects()) {
            var dispatch = dispatches.get(effect.task());
            // What is done at least once is in order when the first times are.
            if (dispatch != null && dispatch.message().task().orderingKey() != null && seen.add(effect.task())) {
                var lane = effect.queue() + " / " + dispatch.message().task().orderingKey();
                lanes.computeIfAbsent(lane, key -> new ArrayList<>()).add(effect);
            }
        }
        lanes.forEach((lane, effects) -> {
            inOrder(lane, effects, dispatches, violations);
            if (!lane.startsWith(Queues.LOOSE)) {
                oneAtATime(lane, effects, violations);
            }
        });
        withinLimit(history, violations);
        return violations;
    }

    private static void inOrder(
            String lane, List<Effect> effects, Map<String, Dispatch> dispatches, List<Violation> violations) {
        var latest = new HashMap<String, Effect>();
        for (var effect : effects) {
            var dispatch = dispatches.get(effect.task());
            var sender = dispatch.message().task().sender();
            // A send whose sender died may be committed by the server after the next one.
            if (sender == null || dispatch.parent() == null && dispatch.sent() == Sent.UNKNOWN) {
                continue;
            }
            var before = latest.put(sender, effect);
            if (before != null
                    && dispatches.get(before.task()).message().task().sequence()
                            >= dispatch.message().task().sequence()) {
                violations.add(new Violation("out of order in " + lane, before.task(), effect.task()));
            }
        }
    }

    private static void oneAtATime(String lane, List<Effect> effects, List<Violation> violations) {
        var byTime =
                effects.stream().sorted(Comparator.comparing(Effect::begunAt)).toList();
        for (var i = 1; i < byTime.size(); i++) {
            var before = byTime.get(i - 1);
            if (byTime.get(i).begunAt().isBefore(before.endedAt())) {
                violations.add(new Violation(
                        "two at once in " + lane, before.task(), byTime.get(i).task()));
            }
        }
    }

    private record Moment(Instant at, int change, Effect effect) {}

    private static void withinLimit(History history, List<Violation> violations) {
        var moments = new ArrayList<Moment>();
        for (var effect : history.effects()) {
            if (effect.queue().equals(Queues.LIMITED)) {
                moments.add(new Moment(effect.begunAt(), 1, effect));
                moments.add(new Moment(effect.endedAt(), -1, effect));
            }
        }
        moments.sort(Comparator.comparing(Moment::at).thenComparing(Moment::change));
        var atOnce = 0;
        for (var moment : moments) {
            atOnce += moment.change();
            if (atOnce > Plan.LIMIT) {
                violations.add(new Violation(
                        "more at once than the limit of the queue",
                        moment.effect().task()));
            }
        }
    }
}

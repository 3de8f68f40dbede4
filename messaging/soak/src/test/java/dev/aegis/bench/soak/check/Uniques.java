package dev.aegis.bench.soak.check;

import static java.util.stream.Collectors.groupingBy;

import dev.aegis.bench.soak.plan.Queues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Of the messages with one unique key, the second was sent after the first was taken. */
final class Uniques {

    private Uniques() {}

    static List<Violation> check(Map<String, Dispatch> dispatches, History history) {
        var violations = new ArrayList<Violation>();
        history.effects().stream()
                .filter(effect -> effect.queue().equals(Queues.UNIQUE) && dispatches.containsKey(effect.task()))
                .collect(groupingBy(
                        effect -> dispatches.get(effect.task()).message().task().uniqueKey()))
                .forEach((key, effects) -> check(key, effects, history, violations));
        return violations;
    }

    private static void check(String key, List<Effect> effects, History history, List<Violation> violations) {
        var inOrder =
                effects.stream().sorted(Comparator.comparing(Effect::sentAt)).toList();
        for (var i = 1; i < inOrder.size(); i++) {
            var before = inOrder.get(i - 1);
            var taken = history.beginnings().get(before.task());
            var isAnother = !before.task().equals(inOrder.get(i).task());
            if (isAnother && taken != null && taken.isAfter(inOrder.get(i).sentAt())) {
                violations.add(new Violation(
                        "sent while another waited with the unique key " + key + ", which was taken at " + taken,
                        before.task(),
                        inOrder.get(i).task()));
            }
        }
    }
}

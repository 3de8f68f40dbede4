package dev.aegis.bench.soak.check;

import dev.aegis.bench.soak.plan.Plan;
import dev.aegis.bench.soak.task.Step;
import dev.aegis.bench.soak.task.TestMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A planned message, and whether it was sent. */
public record Dispatch(
        TestMessage message, Step step, @Nullable TestMessage parent, Sent sent) {

    /** Whether it was sent. */
    public enum Sent {
        YES,
        NO,
        /** Its sender was not told, and nothing else tells. */
        UNKNOWN
    }

    public String id() {
        return message.task().id();
    }

    /** All messages of a plan, by their ids. */
    public static Map<String, Dispatch> of(Plan plan, Map<Integer, Outcome> outcomes, Set<String> committed) {
        var all = new HashMap<String, Dispatch>();
        for (var step : plan.steps()) {
            for (var message : step.messages()) {
                var sent = sent(step, message, outcomes.get(step.number()), committed);
                all.put(message.task().id(), new Dispatch(message, step, null, sent));
                for (var child : message.task().onward()) {
                    var known = committed.contains(child.task().id()) ? Sent.YES : Sent.UNKNOWN;
                    all.put(child.task().id(), new Dispatch(child, step, message, known));
                }
            }
        }
        return all;
    }

    private static Sent sent(Step step, TestMessage message, @Nullable Outcome outcome, Set<String> committed) {
        if (step.mode() != Step.Mode.ALONE) {
            return committed.contains(message.task().id()) ? Sent.YES : Sent.NO;
        }
        return outcome == Outcome.DONE ? Sent.YES : Sent.UNKNOWN;
    }
}

package dev.aegis.bench.soak.check;

import dev.aegis.bench.soak.plan.Plan;
import dev.aegis.bench.soak.task.Parcel;
import dev.aegis.bench.soak.task.Step;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A planned message, and whether it was sent. */
public record Dispatch(Parcel parcel, Step step, @Nullable Parcel parent, Sent sent) {

    /** Whether it was sent. */
    public enum Sent {
        YES,
        NO,
        /** Its sender was not told, and nothing else tells. */
        UNKNOWN
    }

    public String id() {
        return parcel.task().id();
    }

    /** All messages of a plan, by their ids. */
    public static Map<String, Dispatch> of(Plan plan, Map<Integer, Outcome> outcomes, Set<String> committed) {
        var all = new HashMap<String, Dispatch>();
        for (var step : plan.steps()) {
            for (var parcel : step.parcels()) {
                var sent = sent(step, parcel, outcomes.get(step.number()), committed);
                all.put(parcel.task().id(), new Dispatch(parcel, step, null, sent));
                for (var child : parcel.task().onward()) {
                    var known = committed.contains(child.task().id()) ? Sent.YES : Sent.UNKNOWN;
                    all.put(child.task().id(), new Dispatch(child, step, parcel, known));
                }
            }
        }
        return all;
    }

    private static Sent sent(Step step, Parcel parcel, @Nullable Outcome outcome, Set<String> committed) {
        if (step.mode() != Step.Mode.ALONE) {
            return committed.contains(parcel.task().id()) ? Sent.YES : Sent.NO;
        }
        return outcome == Outcome.DONE ? Sent.YES : Sent.UNKNOWN;
    }
}

package dev.aegis.bench.soak.check;

import dev.aegis.bench.soak.check.Dispatch.Sent;
import dev.aegis.bench.soak.plan.Plan;
import dev.aegis.bench.soak.plan.Queues;
import dev.aegis.bench.soak.task.HandlerBehavior;
import dev.aegis.bench.soak.task.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** No message lost, no effect twice, none of what was not sent. */
final class ExpectedOutcomes {

    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Dispatch> dispatches;
    private final Map<String, List<Effect>> effects;
    private final Map<String, List<DeadLetter>> deadLetters;
    private final Set<String> revoked;
    private final Lifetimes lifetimes;

    private ExpectedOutcomes(Map<String, Dispatch> dispatches, History history) {
        this.dispatches = dispatches;
        this.effects = history.effectsOfTasks();
        this.deadLetters = history.deadLettersOfTasks();
        this.revoked = history.revoked();
        this.lifetimes = new Lifetimes(history.departures());
    }

    static List<Violation> check(Map<String, Dispatch> dispatches, History history) {
        var outcomes = new ExpectedOutcomes(dispatches, history);
        outcomes.check();
        return outcomes.violations;
    }

    private void check() {
        for (var task : effects.keySet()) {
            require(dispatches.containsKey(task), "an effect of what nobody planned", task);
        }
        dispatches.values().forEach(this::check);
    }

    private void check(Dispatch dispatch) {
        var own = effects.getOrDefault(dispatch.id(), List.of());
        var done = own.size();
        var places = own.stream().map(Effect::queue).distinct().toList();
        var dead = deadLetters.getOrDefault(dispatch.id(), List.of());
        if (dispatch.step().mode() == Step.Mode.ROLL_BACK) {
            require(dispatch.sent() != Sent.YES, "a rolled back transaction is committed", dispatch.id());
        }
        if (dispatch.parent() != null) {
            checkChild(dispatch, done);
        } else if (dispatch.sent() == Sent.NO) {
            require(done == 0 && dead.isEmpty(), "handled, but never sent", dispatch.id());
        }
        var queue = dispatch.message().queue();
        if (!queue.equals(Queues.LOOSE)) {
            require(done == places.size(), "an effect more than once", dispatch.id());
        }
        require(dead.size() <= 1, "more than one dead letter", dispatch.id());
        if (mustDie(dispatch)) {
            require(done == 0, "an effect of a handler that never succeeds", dispatch.id());
        } else if (!queue.equals(Queues.DOOMED)) {
            require(dead.isEmpty(), "a dead letter of a message that can be handled", dispatch.id());
        }
        for (var letter : dead) {
            require(isMeant(dispatch, letter), "a dead letter with another error", dispatch.id());
            require(done == 0, "an effect, and a dead letter too", dispatch.id());
        }
        require(done == 0 || !revoked.contains(dispatch.id()), "handled, and cancelled too", dispatch.id());
        require(own.stream().noneMatch(lifetimes::isTooLate), "handled after its time was over", dispatch.id());
        if (dispatch.sent() == Sent.YES && !mayBeDropped(dispatch)) {
            require(places.size() + dead.size() == Queues.copiesOf(queue).size(), "sent and lost", dispatch.id());
        }
    }

    private boolean mayBeDropped(Dispatch dispatch) {
        return dispatch.message().queue().equals(Queues.UNIQUE)
                || revoked.contains(dispatch.id())
                || lifetimes.isOver(dispatch.id());
    }

    private void checkChild(Dispatch child, int done) {
        var parent = child.parent().task();
        var parentDone = effects.containsKey(parent.id());
        if (child.parent().queue().equals(Queues.LOOSE)) {
            require(done > 0 || !parentDone, "sent on by a handler and lost", child.id(), parent.id());
        } else {
            require(
                    (child.sent() == Sent.YES) == parentDone,
                    "sent on without the effect, or not sent on with it",
                    child.id(),
                    parent.id());
            require(done == 0 || child.sent() == Sent.YES, "handled, but never sent on", child.id(), parent.id());
        }
    }

    private static boolean mustDie(Dispatch dispatch) {
        var behavior = dispatch.message().task().behavior();
        return behavior == HandlerBehavior.REFUSE
                || behavior == HandlerBehavior.THROW
                        && dispatch.message().queue().equals(Queues.DOOMED);
    }

    /** Refused, or so often tried as its queue allows: then the last attempt may have failed of anything. */
    private static boolean isMeant(Dispatch dispatch, DeadLetter letter) {
        return letter.error().contains("RefusedException: refused " + dispatch.id())
                || dispatch.message().queue().equals(Queues.DOOMED) && letter.attempts() == Plan.DOOMED_ATTEMPTS;
    }

    private void require(boolean kept, String otherwise, String... tasks) {
        if (!kept) {
            violations.add(new Violation(otherwise, tasks));
        }
    }
}

package dev.aegis.bench.soak.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.bench.soak.check.Dispatch.Sent;
import dev.aegis.bench.soak.plan.Queues;
import dev.aegis.bench.soak.task.HandlerBehavior;
import dev.aegis.bench.soak.task.Step;
import dev.aegis.bench.soak.task.Step.Mode;
import dev.aegis.bench.soak.task.Task;
import dev.aegis.bench.soak.task.TestMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each check fails when it should. */
class ChecksTest {

    private final Map<String, Dispatch> dispatches = new HashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final Set<String> sent = new HashSet<>();
    private final Map<String, Instant> beginnings = new HashMap<>();
    private final Set<String> revoked = new HashSet<>();
    private final List<Departure> departures = new ArrayList<>();

    @Test
    void whatWasSentAndHandledOnceIsAsItShouldBe() {
        plan("a", Queues.EXACT, HandlerBehavior.WORK, Sent.YES);
        effect("a", Queues.EXACT, 1, 2);

        assertThat(violations()).isEmpty();
    }

    @Test
    void aLostMessageIsFound() {
        plan("a", Queues.EXACT, HandlerBehavior.WORK, Sent.YES);

        assertThat(violations()).containsExactly("sent and lost");
    }

    @Test
    void aSecondEffectIsFoundWhereHandlersHaveTransactions() {
        plan("a", Queues.EXACT, HandlerBehavior.WORK, Sent.YES);
        plan("b", Queues.LOOSE, HandlerBehavior.WORK, Sent.YES);
        effect("a", Queues.EXACT, 1, 2);
        effect("a", Queues.EXACT, 3, 4);
        effect("b", Queues.LOOSE, 1, 2);
        effect("b", Queues.LOOSE, 3, 4);

        assertThat(violations()).containsExactly("an effect more than once");
    }

    @Test
    void anEffectOfWhatWasRolledBackIsFound() {
        plan("a", Queues.EXACT, HandlerBehavior.WORK, Sent.NO);
        effect("a", Queues.EXACT, 1, 2);

        assertThat(violations()).containsExactly("handled, but never sent");
    }

    @Test
    void aDeadLetterOfWhatCanBeHandledIsFound() {
        plan("a", Queues.EXACT, HandlerBehavior.WORK, Sent.YES);
        deadLetters.add(new DeadLetter("a", Queues.EXACT, 1, 1, "something"));

        assertThat(violations())
                .containsExactly("a dead letter of a message that can be handled", "a dead letter with another error");
    }

    @Test
    void aWrongOrderIsFound() {
        plan("a", Queues.ORDERED, "key", 1);
        plan("b", Queues.ORDERED, "key", 2);
        effect("b", Queues.ORDERED, 1, 2);
        effect("a", Queues.ORDERED, 3, 4);

        assertThat(violations()).containsExactly("out of order in ordered / key");
    }

    @Test
    void twoAtOnceOfOneKeyAreFound() {
        plan("a", Queues.ORDERED, "key", 1);
        plan("b", Queues.ORDERED, "key", 2);
        effect("a", Queues.ORDERED, 1, 3);
        effect("b", Queues.ORDERED, 2, 4);

        assertThat(violations()).containsExactly("two at once in ordered / key");
    }

    @Test
    void moreAtOnceThanTheLimitAreFound() {
        for (var task : List.of("a", "b", "c", "d")) {
            plan(task, Queues.LIMITED, HandlerBehavior.SLEEP, Sent.YES);
            effect(task, Queues.LIMITED, effects.size(), 10);
        }

        assertThat(violations()).containsExactly("more at once than the limit of the queue");
    }

    @Test
    void oneThatWasSentThoughAnotherOfItsUniqueKeyWaitedIsFound() {
        var first = new Task("a", HandlerBehavior.WORK, 0, null, null, 0, "key", List.of());
        var second = new Task("b", HandlerBehavior.WORK, 0, null, null, 0, "key", List.of());
        plan(Queues.UNIQUE, first, Sent.YES);
        plan(Queues.UNIQUE, second, Sent.YES);
        effect("a", Queues.UNIQUE, 1, 2);
        effect("b", Queues.UNIQUE, 3, 4);
        beginnings.put("a", effects.get(1).sentAt().plusMillis(1));

        assertThat(violations())
                .singleElement()
                .asString()
                .startsWith("sent while another waited with the unique key key");
    }

    @Test
    void aCopyThatWasLostIsFoundAndOneThatWasHandledTwice() {
        for (var task : List.of("a", "b", "c")) {
            plan(task, Queues.NEWS, HandlerBehavior.WORK, Sent.YES);
            effect(task, Queues.OF_NEWS.get(0), 1, 2);
        }
        effect("a", Queues.OF_NEWS.get(1), 1, 2);
        effect("b", Queues.OF_NEWS.get(0), 1, 2);

        assertThat(violations())
                .containsExactlyInAnyOrder("an effect more than once", "sent and lost", "sent and lost");
    }

    @Test
    void whatWasCancelledAndHandledIsFound() {
        plan("a", Queues.REVOKED, HandlerBehavior.WORK, Sent.YES);
        plan("b", Queues.REVOKED, HandlerBehavior.WORK, Sent.YES);
        revoked.addAll(List.of("a", "b"));
        effect("a", Queues.REVOKED, 1, 2);

        assertThat(violations()).containsExactly("handled, and cancelled too");
    }

    @Test
    void whatWasDroppedBeforeItsTimeWasOverOrHandledAfterItIsFound() {
        for (var task : List.of("dropped", "in time", "late", "expired")) {
            plan(task, Queues.FLEETING, HandlerBehavior.WORK, Sent.YES);
        }
        departures.add(new Departure("dropped", second(1), second(3)));
        departures.add(new Departure("in time", second(2), second(3)));
        departures.add(new Departure("late", second(6), second(3)));
        departures.add(new Departure("expired", second(3), second(3)));
        effect("in time", Queues.FLEETING, 2, 2);
        effect("late", Queues.FLEETING, 5, 6);

        assertThat(violations()).containsExactlyInAnyOrder("sent and lost", "handled after its time was over");
    }

    private static Instant second(int second) {
        return Instant.ofEpochSecond(100 + second);
    }

    private List<String> violations() {
        var history = new History(effects, deadLetters, sent, beginnings, revoked, departures);
        return Checks.of(dispatches, history).stream().map(Violation::what).toList();
    }

    private void plan(String id, String queue, HandlerBehavior behavior, Sent was) {
        plan(queue, new Task(id, behavior, 0, null, null, 0, null, List.of()), was);
    }

    private void plan(String id, String queue, String key, int sequence) {
        plan(queue, new Task(id, HandlerBehavior.WORK, 0, key, "lane 0", sequence, null, List.of()), Sent.YES);
    }

    private void plan(String queue, Task task, Sent was) {
        var message = new TestMessage(queue, 0, 0, 0, false, task);
        dispatches.put(
                task.id(),
                new Dispatch(message, new Step(0, 0, Mode.COMMIT, List.of(), 0, List.of(message)), null, was));
        if (was == Sent.YES) {
            sent.add(task.id());
        }
    }

    private void effect(String task, String queue, int begun, int ended) {
        var number = effects.size() + 1;
        effects.add(new Effect(
                number,
                task,
                queue,
                number,
                1,
                Instant.ofEpochSecond(number),
                0,
                second(begun),
                second(begun),
                second(ended)));
    }
}

package dev.aegis.bench.soak.plan;

import dev.aegis.bench.soak.task.HandlerBehavior;
import dev.aegis.bench.soak.task.Task;
import dev.aegis.bench.soak.task.TestMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Draws messages: where they go, with which options, and what becomes of them there. */
final class TestMessages {

    private final Random random;
    private final Keys keys;
    private final HandlerBehaviors behaviors;
    private final Map<String, Integer> sequences = new HashMap<>();

    TestMessages(Random random, int messages) {
        this.random = random;
        this.keys = new Keys(random, messages);
        this.behaviors = new HandlerBehaviors(random, messages);
    }

    TestMessage draw(String id, String sender) {
        var draw = random.nextInt(100);
        if (draw < 20) {
            return plain(Queues.EXACT, id, onward(10, Queues.BATCH, id, null, null, 0));
        } else if (draw < 40) {
            return ordered(id, sender);
        } else if (draw < 50) {
            return chance(30)
                    ? keyed(Queues.LOOSE, id, sender, keys.ordering(), List.of())
                    : plain(Queues.LOOSE, id, onward(8, Queues.LOOSE, id, null, null, 0));
        } else if (draw < 63) {
            return chance(40)
                    ? keyed(Queues.BATCH, id, sender, keys.ordering(), List.of())
                    : plain(Queues.BATCH, id, onward(5, Queues.EXACT, id, null, null, 0));
        } else if (draw < 66) {
            return plain(Queues.SLOW, id, List.of());
        } else if (draw < 80) {
            return unique(id);
        } else if (draw < 87) {
            return plain(draw < 84 ? Queues.LIMITED : Queues.DOOMED, id, List.of());
        } else if (draw < 91) {
            return fleeting(id);
        }
        return draw < 95 ? plain(Queues.NEWS, id, List.of()) : revocable(id);
    }

    private TestMessage plain(String queue, String id, List<TestMessage> onward) {
        var delay = chance(8) ? 50 + random.nextInt(1500) : 0;
        return new TestMessage(queue, priority(), delay, 0, false, task(queue, id, null, null, 0, null, onward));
    }

    /** One in ten sends on to another queue, with the same key: those keep the order of their senders. */
    private TestMessage ordered(String id, String sender) {
        var key = keys.ordering();
        if (chance(3)) {
            var task = task(Queues.ORDERED, id, key, null, 0, null, List.of());
            return new TestMessage(Queues.ORDERED, priority(), 50 + random.nextInt(1000), 0, false, task);
        }
        var sequence = sequence(Queues.ORDERED, key, sender);
        var onward = onward(10, Queues.BATCH, id, "after " + key, "handlers of " + sender, sequence);
        var task = task(Queues.ORDERED, id, key, sender, sequence, null, onward);
        return new TestMessage(Queues.ORDERED, priority(), 0, 0, false, task);
    }

    private TestMessage keyed(String queue, String id, String sender, String key, List<TestMessage> onward) {
        var task = task(queue, id, key, sender, sequence(queue, key, sender), null, onward);
        return new TestMessage(queue, priority(), 0, 0, false, task);
    }

    private TestMessage unique(String id) {
        var key = keys.unique();
        var replacing = keys.isReplacing(key);
        var ordering = chance(20) ? keys.ordering() : null;
        var delay = chance(30) ? 100 + random.nextInt(900) : 0;
        var task = task(Queues.UNIQUE, id, ordering, null, 0, key, List.of());
        return new TestMessage(Queues.UNIQUE, priority(), delay, 0, replacing, task);
    }

    private TestMessage fleeting(String id) {
        var task = task(Queues.FLEETING, id, null, null, 0, null, List.of());
        return new TestMessage(Queues.FLEETING, priority(), 0, 30 + random.nextInt(3000), false, task);
    }

    /** Its id is its unique key, so that the sender can cancel it later. */
    private TestMessage revocable(String id) {
        var delay = chance(50) ? random.nextInt(3000) : 0;
        var ordering = chance(20) ? keys.ordering() : null;
        var task = task(Queues.REVOKED, id, ordering, null, 0, id, List.of());
        return new TestMessage(Queues.REVOKED, priority(), delay, 0, false, task);
    }

    private Task task(
            String queue,
            String id,
            @Nullable String orderingKey,
            @Nullable String sender,
            int sequence,
            @Nullable String uniqueKey,
            List<TestMessage> onward) {
        var behavior = behaviors.draw(queue);
        return new Task(
                id, behavior, behaviors.times(queue, behavior), orderingKey, sender, sequence, uniqueKey, onward);
    }

    private List<TestMessage> onward(
            int percent, String queue, String id, @Nullable String key, @Nullable String sender, int sequence) {
        if (!chance(percent)) {
            return List.of();
        }
        var task = new Task(id + "+", HandlerBehavior.WORK, 0, key, sender, sequence, null, List.of());
        return List.of(new TestMessage(queue, priority(), 0, 0, false, task));
    }

    private int sequence(String queue, String key, String sender) {
        return sequences.merge(queue + '/' + key + '/' + sender, 1, Integer::sum);
    }

    private int priority() {
        return chance(15) ? random.nextInt(7) - 3 : 0;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}

package dev.aegis.bench.soak.plan;

import dev.aegis.bench.soak.task.Step;
import dev.aegis.bench.soak.task.Step.Mode;
import dev.aegis.bench.soak.task.TestMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws what the senders do. */
final class Steps {

    private static final int MOST_COMMITTED = 12;
    private static final int MOST_ROLLED_BACK = 5;
    private static final int DALLYING_PERCENT = 15;
    private static final int REVOKED_PERCENT = 25;
    private static final int KEPT_PERCENT = 15;

    private final Random random;
    private final int count;
    private final TestMessages messages;
    private final Map<Integer, List<String>> revocable = new HashMap<>();

    Steps(Random random, int messages) {
        this.random = random;
        this.count = messages;
        this.messages = new TestMessages(random, messages);
    }

    List<Step> draw() {
        var steps = new ArrayList<Step>();
        var sent = 0;
        while (sent < count) {
            var step = step(steps.size());
            steps.add(step);
            sent += step.mode() == Mode.ROLL_BACK ? 0 : step.messages().size();
        }
        return steps;
    }

    private Step step(int number) {
        var lane = random.nextInt(Plan.LANES);
        var mode = mode();
        var count =
                switch (mode) {
                    case COMMIT -> 1 + random.nextInt(MOST_COMMITTED);
                    case ROLL_BACK -> 1 + random.nextInt(MOST_ROLLED_BACK);
                    case ALONE -> 1;
                };
        var drawn = new ArrayList<TestMessage>();
        for (var i = 0; i < count; i++) {
            drawn.add(messages.draw(number + "." + i, "lane " + lane));
        }
        var dally = random.nextInt(100) < DALLYING_PERCENT ? 20 + random.nextInt(80) : 0;
        var revoked = mode == Mode.ALONE ? List.<String>of() : revoke(lane);
        if (mode != Mode.ROLL_BACK) {
            drawn.stream()
                    .filter(message -> message.queue().equals(Queues.REVOKED))
                    .forEach(message -> revocable
                            .computeIfAbsent(lane, key -> new ArrayList<>())
                            .add(message.task().id()));
        }
        return new Step(number, lane, mode, revoked, dally, drawn);
    }

    /** Some of what the sender sent before. */
    private List<String> revoke(int lane) {
        var revoked = new ArrayList<String>();
        revocable.computeIfAbsent(lane, key -> new ArrayList<>()).removeIf(id -> {
            var draw = random.nextInt(100);
            if (draw < REVOKED_PERCENT) {
                revoked.add(id);
            }
            return draw < REVOKED_PERCENT + KEPT_PERCENT;
        });
        return revoked;
    }

    private Mode mode() {
        var draw = random.nextInt(100);
        return draw < 62 ? Mode.COMMIT : draw < 74 ? Mode.ROLL_BACK : Mode.ALONE;
    }
}

package dev.aegis.bench.soak.plan;

import dev.aegis.bench.soak.task.HandlerBehavior;
import java.util.Random;

/** Draws what the handlers of a queue do. */
final class HandlerBehaviors {

    /** More attempts than a message has. */
    private static final int ALWAYS = 10_000;

    private final Random random;
    private final int oneHaltIn;

    HandlerBehaviors(Random random, int messages) {
        this.random = random;
        this.oneHaltIn = Math.max(2000, messages / 20);
    }

    HandlerBehavior draw(String queue) {
        var draw = random.nextInt(100);
        return switch (queue) {
            case Queues.LOOSE ->
                halts()
                        ? HandlerBehavior.HALT
                        : draw < 85 ? HandlerBehavior.WORK : draw < 95 ? HandlerBehavior.THROW : HandlerBehavior.SLEEP;
            case Queues.SLOW ->
                draw < 50 ? HandlerBehavior.WORK : draw < 80 ? HandlerBehavior.SLEEP : HandlerBehavior.DAWDLE;
            case Queues.UNIQUE ->
                draw < 50
                        ? HandlerBehavior.WORK
                        : draw < 85
                                ? HandlerBehavior.SLEEP
                                : draw < 95 ? HandlerBehavior.THROW : HandlerBehavior.ROLL_BACK;
            // What one message refuses, the whole batch refuses.
            case Queues.BATCH ->
                halts()
                        ? HandlerBehavior.HALT
                        : draw < 92
                                ? HandlerBehavior.WORK
                                : draw < 94
                                        ? HandlerBehavior.SLEEP
                                        : draw < 98 ? HandlerBehavior.THROW : HandlerBehavior.ROLL_BACK;
            case Queues.FLEETING ->
                draw < 30 ? HandlerBehavior.WORK : draw < 90 ? HandlerBehavior.SLEEP : HandlerBehavior.THROW;
            case Queues.NEWS, Queues.REVOKED ->
                draw < 80
                        ? HandlerBehavior.WORK
                        : draw < 90
                                ? HandlerBehavior.SLEEP
                                : draw < 95 ? HandlerBehavior.THROW : HandlerBehavior.ROLL_BACK;
            case Queues.LIMITED -> draw < 60 ? HandlerBehavior.SLEEP : HandlerBehavior.WORK;
            case Queues.DOOMED ->
                draw < 60 ? HandlerBehavior.THROW : draw < 80 ? HandlerBehavior.REFUSE : HandlerBehavior.WORK;
            default ->
                halts()
                        ? HandlerBehavior.HALT
                        : draw < 86
                                ? HandlerBehavior.WORK
                                : draw < 89
                                        ? HandlerBehavior.SLEEP
                                        : draw < 95
                                                ? HandlerBehavior.THROW
                                                : draw < 98 ? HandlerBehavior.ROLL_BACK : HandlerBehavior.REFUSE;
        };
    }

    int times(String queue, HandlerBehavior behavior) {
        return switch (behavior) {
            case WORK -> 0;
            case SLEEP -> 20 + random.nextInt(80);
            case REFUSE -> ALWAYS;
            case THROW -> queue.equals(Queues.DOOMED) ? ALWAYS : 1 + random.nextInt(3);
            case ROLL_BACK -> 1 + random.nextInt(2);
            case HALT, DAWDLE -> 1;
        };
    }

    private boolean halts() {
        return random.nextInt(oneHaltIn) == 0;
    }
}

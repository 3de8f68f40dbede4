package dev.aegis.bench.soak.plan;

import dev.aegis.bench.soak.task.Conduct;
import java.util.Random;

/** Draws what the handlers of a queue do. */
final class Conducts {

    /** More attempts than a message has. */
    private static final int ALWAYS = 10_000;

    private final Random random;
    private final int oneHaltIn;

    Conducts(Random random, int messages) {
        this.random = random;
        this.oneHaltIn = Math.max(2000, messages / 20);
    }

    Conduct draw(String queue) {
        var draw = random.nextInt(100);
        return switch (queue) {
            case Queues.LOOSE ->
                halts() ? Conduct.HALT : draw < 85 ? Conduct.WORK : draw < 95 ? Conduct.THROW : Conduct.SLEEP;
            case Queues.SLOW -> draw < 50 ? Conduct.WORK : draw < 80 ? Conduct.SLEEP : Conduct.DAWDLE;
            case Queues.UNIQUE ->
                draw < 50 ? Conduct.WORK : draw < 85 ? Conduct.SLEEP : draw < 95 ? Conduct.THROW : Conduct.ROLL_BACK;
            // What one message refuses, the whole batch refuses.
            case Queues.BATCH ->
                halts()
                        ? Conduct.HALT
                        : draw < 92
                                ? Conduct.WORK
                                : draw < 94 ? Conduct.SLEEP : draw < 98 ? Conduct.THROW : Conduct.ROLL_BACK;
            case Queues.FLEETING -> draw < 30 ? Conduct.WORK : draw < 90 ? Conduct.SLEEP : Conduct.THROW;
            case Queues.NEWS, Queues.REVOKED ->
                draw < 80 ? Conduct.WORK : draw < 90 ? Conduct.SLEEP : draw < 95 ? Conduct.THROW : Conduct.ROLL_BACK;
            case Queues.LIMITED -> draw < 60 ? Conduct.SLEEP : Conduct.WORK;
            case Queues.DOOMED -> draw < 60 ? Conduct.THROW : draw < 80 ? Conduct.REFUSE : Conduct.WORK;
            default ->
                halts()
                        ? Conduct.HALT
                        : draw < 86
                                ? Conduct.WORK
                                : draw < 89
                                        ? Conduct.SLEEP
                                        : draw < 95 ? Conduct.THROW : draw < 98 ? Conduct.ROLL_BACK : Conduct.REFUSE;
        };
    }

    int times(String queue, Conduct conduct) {
        return switch (conduct) {
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

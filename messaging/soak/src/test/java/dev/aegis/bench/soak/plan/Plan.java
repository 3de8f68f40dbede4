package dev.aegis.bench.soak.plan;

import dev.aegis.bench.soak.task.Step;
import java.util.List;
import java.util.Random;

/** A run: who sends what, and what is done to the system meanwhile. The same for the same seed and size. */
public record Plan(long seed, int messages, int workers, List<Step> steps, List<Fault> faults) {

    /** How many senders there are. */
    public static final int LANES = 4;

    /** How many messages of the queue with a limit may be handled at once. As in the settings of the workers. */
    public static final int LIMIT = 3;

    /** How often a message of the queue with few attempts is tried. As in the settings of the workers. */
    public static final int DOOMED_ATTEMPTS = 3;

    /** @param messages at least so many are sent */
    public static Plan of(long seed, int messages) {
        var random = new Random(seed);
        var workers = 3 + random.nextInt(2);
        var steps = new Steps(random, messages).draw();
        return new Plan(seed, messages, workers, steps, Faults.draw(random, messages, workers));
    }
}

package dev.aegis.bench.soak.run;

import dev.aegis.bench.soak.check.Outcome;
import dev.aegis.bench.soak.plan.Plan;
import dev.aegis.bench.soak.task.Step;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The senders: each takes its steps one after the other, by the worker of its number. They hold back while much waits,
 * so that they send during the whole run, and after a failure until the database answers again.
 */
final class Lanes {

    private static final int MOST_WAITING = 600;

    private final Plan plan;
    private final Fleet fleet;
    private final Watch watch;
    private final Map<Integer, Outcome> outcomes = new ConcurrentHashMap<>();
    private final AtomicInteger ended = new AtomicInteger();

    Lanes(Plan plan, Fleet fleet, Watch watch) {
        this.plan = plan;
        this.fleet = fleet;
        this.watch = watch;
    }

    void start() {
        for (var lane : IntStream.range(0, Plan.LANES).boxed().toList()) {
            var steps =
                    plan.steps().stream().filter(step -> step.lane() == lane).toList();
            var thread = new Thread(() -> run(lane, steps), "lane-" + lane);
            thread.setDaemon(true);
            thread.start();
        }
    }

    boolean haveEnded() {
        return ended.get() == Plan.LANES;
    }

    /** What came of the steps that were taken, by their numbers. */
    Map<Integer, Outcome> outcomes() {
        return outcomes;
    }

    private void run(int lane, List<Step> steps) {
        for (var step : steps) {
            while (watch.waiting() > MOST_WAITING
                    || !fleet.worker(lane % plan.workers()).isReady()) {
                Waiting.pause();
            }
            var outcome = fleet.worker(lane % plan.workers()).take(step).join();
            outcomes.put(step.number(), outcome);
            if (outcome != Outcome.DONE && step.mode() != Step.Mode.ROLL_BACK) {
                var looks = watch.looks();
                while (watch.looks() < looks + 2) {
                    Waiting.pause();
                }
            }
        }
        ended.incrementAndGet();
    }
}

package dev.aegis.bench.soak.run;

import dev.aegis.bench.soak.plan.Fault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Does what was planned when the progress is reached, and undoes it again. */
final class FaultInjector {

    /** What lasts until a progress is not to last for ever when it is what holds the progress up. */
    private static final Duration STALLED = Duration.ofSeconds(4);

    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(20);

    private final ArrayDeque<Fault> planned;
    private final Fleet fleet;
    private final Server server;
    private final Watch watch;
    private final Log log;
    private final List<Lasting> lasting = new ArrayList<>();
    private long handled;
    private long advanced = System.nanoTime();

    private record Lasting(BooleanSupplier over, Undoing undoing) {}

    private interface Undoing {
        void run() throws SQLException;
    }

    FaultInjector(List<Fault> planned, Fleet fleet, Server server, Watch watch, Log log) {
        this.planned = new ArrayDeque<>(planned);
        this.fleet = fleet;
        this.server = server;
        this.watch = watch;
        this.log = log;
    }

    boolean hasEnded() {
        return planned.isEmpty() && lasting.isEmpty();
    }

    /**
     * Does what is due.
     *
     * @param nothingLeft whether there will be no more progress
     */
    void round(boolean nothingLeft) {
        if (watch.handled() != handled) {
            handled = watch.handled();
            advanced = System.nanoTime();
        }
        undo();
        var next = planned.peek();
        if (next != null && (watch.progress() >= next.at() || nothingLeft)) {
            planned.remove();
            log.say(String.format(Locale.ROOT, "%5.1f %%  %s", watch.progress() * 100, next));
            try {
                inject(next);
            } catch (SQLException e) {
                log.say("that did not work: " + e.getMessage());
                if (Server.LOCKED.equals(e.getSQLState())) {
                    // A frozen worker may hold the lock, and only the next round can let it go on.
                    planned.addFirst(next);
                }
            }
        }
    }

    private boolean stalled(Duration time) {
        return System.nanoTime() - advanced > time.toNanos();
    }

    private void undo() {
        lasting.removeIf(one -> one.over.getAsBoolean() && isUndone(one));
    }

    /** Not while the server is away: then a later round tries again. */
    private static boolean isUndone(Lasting one) {
        try {
            one.undoing.run();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void inject(Fault what) throws SQLException {
        switch (what.kind()) {
            case KILL -> kill(fleet.worker(what.worker()));
            case KILL_ALL -> fleet.all().forEach(FaultInjector::kill);
            case TERMINATE -> {
                var worker = fleet.worker(what.worker());
                worker.doom();
                worker.signal("TERM");
            }
            case FREEZE -> freeze(fleet.worker(what.worker()));
            case CUT -> server.cut(what.salt());
            case RESTART -> {
                if (server.canRestart()) {
                    server.restart();
                }
            }
            case CRASH -> {
                if (server.canRestart()) {
                    server.crash();
                }
            }
            case PAUSE_QUEUE -> {
                server.execute("SELECT messaging.pause('" + what.queue() + "')");
                lasting.add(new Lasting(
                        until(what), () -> server.execute("SELECT messaging.resume('" + what.queue() + "')")));
            }
            case RESEND ->
                server.execute("SELECT messaging.resend(queue, 1000)"
                        + " FROM (SELECT DISTINCT queue FROM messaging.dead_letter) died ORDER BY queue");
            case OLD_SNAPSHOT -> {
                var snapshot = server.oldSnapshot();
                lasting.add(new Lasting(until(what), snapshot::close));
            }
        }
    }

    private BooleanSupplier until(Fault what) {
        var end = watch.progress() + what.lasts();
        return () -> watch.progress() >= end || stalled(STALLED);
    }

    private static void kill(WorkerProcess worker) {
        worker.doom();
        worker.process().destroyForcibly();
    }

    /** Until the others removed its registration. */
    private void freeze(WorkerProcess worker) {
        if (!worker.isReady()) {
            return;
        }
        worker.signal("STOP");
        var begun = System.nanoTime();
        lasting.add(new Lasting(() -> isStruck(worker) || System.nanoTime() - begun > LONGEST_FREEZE.toNanos(), () -> {
            log.say("a frozen worker goes on");
            worker.signal("CONT");
        }));
    }

    private boolean isStruck(WorkerProcess worker) {
        try {
            return server.isTrue("SELECT NOT EXISTS (SELECT FROM messaging.consumer WHERE pid = " + worker.pid() + ")");
        } catch (SQLException e) {
            return false;
        }
    }
}

package dev.aegis.bench.soak.plan;

/**
 * What is done to the system once its progress reached {@code at}.
 *
 * @param at from 0 to 1
 * @param worker the number of the worker that it is done to, where it is done to one
 * @param lasts the progress until it is undone, where it is undone
 * @param salt picks among what is not known beforehand, such as connections
 */
public record Fault(double at, Kind kind, int worker, double lasts, String queue, long salt) {

    /** What can be done. */
    public enum Kind {
        /** SIGKILL to a worker. */
        KILL(5),
        /** SIGKILL to all workers. */
        KILL_ALL(1),
        /** SIGSTOP to a worker, and SIGCONT when the others took it for dead. */
        FREEZE(5),
        /** SIGTERM to a worker. */
        TERMINATE(3),
        /** The end of some connections. */
        CUT(5),
        /** The server is stopped and started. */
        RESTART(2),
        /** A process of the server dies, so that it recovers from its log: what was not flushed is lost. */
        CRASH(2),
        /** A queue is paused. */
        PAUSE_QUEUE(3),
        /** A transaction keeps an old snapshot. */
        OLD_SNAPSHOT(2),
        /** All dead letters are sent again. */
        RESEND(3);

        final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    @Override
    public String toString() {
        return switch (kind) {
            case KILL, FREEZE, TERMINATE -> kind + " worker " + worker;
            case PAUSE_QUEUE -> kind + " " + queue;
            default -> kind.toString();
        };
    }
}

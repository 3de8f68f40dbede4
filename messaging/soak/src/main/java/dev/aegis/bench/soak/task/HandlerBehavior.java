package dev.aegis.bench.soak.task;

/** What a handler does with a task, beside writing its effect. */
public enum HandlerBehavior {
    WORK,
    /** Takes a while. */
    SLEEP,
    /** Throws what may be tried again. */
    THROW,
    /** Throws what is not to be tried again. */
    REFUSE,
    /** Rolls its transaction back and returns. */
    ROLL_BACK,
    /** Ends its process, as a crash does. */
    HALT,
    /** Takes longer than the handler may. */
    DAWDLE;

    /** The exit code of a process that a task ended. */
    public static final int HALTED = 86;
}

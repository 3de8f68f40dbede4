package dev.aegis.bench.competitor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** All processes that were started, so that none outlives the benchmark. */
public final class Children {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final int TO_END_SECONDS = 10;

    private Children() {}

    /** Remembers a process. */
    public static void add(Process process) {
        RUNNING.add(process);
        process.onExit().thenAccept(RUNNING::remove);
    }

    /** Ends a process, by force when it doesn't end by itself in ten seconds. */
    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(TO_END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(TO_END_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all that run. */
    public static void endAll() {
        RUNNING.forEach(Process::destroyForcibly);
    }
}

package dev.aegis.platform.schedule;

import java.util.function.LongSupplier;

/** Notices when the clock of this machine was put back, by a clock that nobody can put back. */
final class ClockWatch {

    private static final long LEAST_MILLIS = 1_000;

    private final LongSupplier millis;
    private final LongSupplier nanos;
    private long lead;

    ClockWatch() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    ClockWatch(LongSupplier millis, LongSupplier nanos) {
        this.millis = millis;
        this.nanos = nanos;
        this.lead = lead();
    }

    /** Whether the clock was put back, by a second or more, since this was last asked. */
    boolean wasPutBack() {
        var before = lead;
        lead = lead();
        return before - lead >= LEAST_MILLIS;
    }

    private long lead() {
        return millis.getAsLong() - nanos.getAsLong() / 1_000_000;
    }
}

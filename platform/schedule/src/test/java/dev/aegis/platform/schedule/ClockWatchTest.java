package dev.aegis.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

    private final AtomicLong millis = new AtomicLong(TimeUnit.DAYS.toMillis(20_000));
    private final AtomicLong nanos = new AtomicLong(-5);
    private final ClockWatch watch = new ClockWatch(millis::get, nanos::get);

    @Test
    void timeThatPassesIsNoReasonToWorry() {
        pass(3_600_000);

        assertThat(watch.wasPutBack()).isFalse();
    }

    @Test
    void aClockThatIsPutBackIsNoticedOnce() {
        pass(10_000);
        millis.addAndGet(-3_600_000);

        assertThat(watch.wasPutBack()).isTrue();
        pass(10_000);
        assertThat(watch.wasPutBack()).isFalse();
    }

    @Test
    void aClockThatIsPutBackByLessThanHasPassedIsNoticed() {
        pass(10_000);
        millis.addAndGet(-5_000);

        assertThat(watch.wasPutBack()).isTrue();
    }

    @Test
    void aClockThatIsPutForwardIsNoticedWhenItIsPutBack() {
        millis.addAndGet(3_600_000);
        assertThat(watch.wasPutBack()).isFalse();

        pass(10_000);
        millis.addAndGet(-3_600_000);
        assertThat(watch.wasPutBack()).isTrue();
    }

    private void pass(long milliseconds) {
        millis.addAndGet(milliseconds);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }
}

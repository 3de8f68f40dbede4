package dev.aegis.messaging.examples.batch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Stores as many readings in one transaction as wait, up to the size of a batch. */
@ApplicationScoped
public class Sensors {

    private final Emitter<Integer> readings;
    private final AtomicInteger calls = new AtomicInteger();

    Sensors(@Channel("to-readings") Emitter<Integer> readings) {
        this.readings = readings;
    }

    @Transactional
    public void measure(int times) {
        IntStream.range(0, times).forEach(readings::send);
    }

    @Incoming("readings")
    @Transactional
    void store(List<Integer> readings) {
        calls.incrementAndGet();
        Reading.persist(readings.stream().map(Reading::new));
    }

    /** How often the handler was called. */
    public int calls() {
        return calls.get();
    }
}

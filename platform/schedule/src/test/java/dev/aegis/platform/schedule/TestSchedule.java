package dev.aegis.platform.schedule;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A schedule of its own for each test, which sends one message and then does what the test says. */
final class TestSchedule {

    private final String name = "test-" + UUID.randomUUID();
    private final List<Long> begun = new CopyOnWriteArrayList<>();
    private final Requests requests;
    private final Runnable work;

    TestSchedule(Requests requests, Runnable work) {
        this.requests = requests;
        this.work = work;
    }

    String name() {
        return name;
    }

    void run() {
        begun.add(requests.send());
        work.run();
    }

    /** The runs whose work was begun, whatever came of it. */
    List<Long> begun() {
        return List.copyOf(begun);
    }
}

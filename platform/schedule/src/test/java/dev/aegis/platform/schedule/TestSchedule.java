package dev.aegis.platform.schedule;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A schedule of its own for each test, which sends one message and then does what the test says. */
final class TestSchedule implements Schedule {

    private final String name = "test-" + UUID.randomUUID();
    private final List<Firing> begun = new CopyOnWriteArrayList<>();
    private final Requests requests;
    private final Consumer<Firing> work;

    TestSchedule(Requests requests, Consumer<Firing> work) {
        this.requests = requests;
        this.work = work;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int fire(Firing firing) {
        begun.add(firing);
        requests.send(firing);
        work.accept(firing);
        return 1;
    }

    /** The firings whose work was begun, whatever came of it. */
    List<Firing> begun() {
        return List.copyOf(begun);
    }
}

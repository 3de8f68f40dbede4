package dev.aegis.bench.soak.check;

import java.util.List;

/** A promise that was not kept, and the tasks that tell. */
public record Violation(String what, List<String> tasks) {

    public Violation(String what, String... tasks) {
        this(what, List.of(tasks));
    }
}

package dev.aegis.platform.database;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the causes of a failure. */
public final class Causes {

    /** More than any real failure has, and few enough not to overflow the stack. */
    private static final int MAX = 100;

    private Causes() {}

    /**
     * The failure, what it suppressed, and its causes in turn, each once. The transaction manager adds the reason of a failed
     * commit to the suppressed exceptions. Ends even if a failure is its own cause.
     */
    public static Stream<Throwable> of(Throwable failure) {
        var found = new ArrayList<Throwable>();
        collect(failure, found, Collections.newSetFromMap(new IdentityHashMap<>()));
        return found.stream();
    }

    private static void collect(@Nullable Throwable failure, List<Throwable> found, Set<Throwable> seen) {
        if (failure == null || seen.size() == MAX || !seen.add(failure)) {
            return;
        }
        found.add(failure);
        for (var suppressed : failure.getSuppressed()) {
            collect(suppressed, found, seen);
        }
        collect(failure.getCause(), found, seen);
    }
}

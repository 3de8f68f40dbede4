package dev.aegis.messaging.it;

import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A handler without a transaction. */
@ApplicationScoped
class Diary {

    private final List<String> entries = new CopyOnWriteArrayList<>();

    @Incoming("plain")
    @Blocking(ordered = false)
    void note(String entry) {
        entries.add(entry);
    }

    List<String> entries() {
        return entries;
    }
}

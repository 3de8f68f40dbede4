package dev.aegis.messaging.it;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** A handler of what another connector delivers. */
@ApplicationScoped
class Elsewhere {

    private final List<String> handled = new CopyOnWriteArrayList<>();

    @Incoming("from-elsewhere")
    void handle(Entry entry) {
        handled.add(entry.name());
    }

    @Incoming("both-from-elsewhere")
    @Incoming("both")
    void handleBoth(Entry entry) {
        handled.add(entry.name());
    }

    List<String> handled() {
        return handled;
    }
}

package dev.aegis.messaging.examples.sharedtransaction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes one click a call, and commits up to 50 calls together. */
@ApplicationScoped
public class Clicks {

    private final Emitter<String> clicks;

    Clicks(@Channel("to-clicks") Emitter<String> clicks) {
        this.clicks = clicks;
    }

    @Transactional
    public void click(String page, int times) {
        IntStream.range(0, times).forEach(i -> clicks.send(page));
    }

    @Incoming("clicks")
    @Transactional
    void count(String page) {
        new Click(page).persist();
    }
}

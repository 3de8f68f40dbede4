package dev.aegis.messaging.internal.receive;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How many messages of a queue its handlers would take now, and how many are to be claimed ahead of that. */
final class FetchDemand {

    private final IncomingSettings settings;
    private final PrefetchBuffer inbox;
    private final List<IncomingChannel> streams;
    private final PrefetchPolicy prefetch;
    private final AtomicLong handled = new AtomicLong();

    FetchDemand(IncomingSettings settings, PrefetchBuffer inbox, List<IncomingChannel> streams) {
        this.settings = settings;
        this.inbox = inbox;
        this.streams = streams;
        this.prefetch = new PrefetchPolicy(1, settings.prefetch());
    }

    /** Messages were handled. From any thread. */
    void handled(int messages) {
        handled.addAndGet(messages);
    }

    /** How many messages the handlers have now. From any thread. */
    int inFlight() {
        return streams.stream().mapToInt(IncomingChannel::inFlight).sum();
    }

    /** How many messages to claim; none when zero or less. */
    int wanted() {
        var free = streams.stream().mapToInt(IncomingChannel::freeSlots).sum();
        if (settings.clusterConcurrency() > 0) {
            return free - inbox.size();
        }
        if (free == 0 && inFlight() == 0) {
            return 0;
        }
        prefetch.observe(handled.get(), Math.max(1, free));
        inbox.setLowWater(prefetch.target() / 2);
        return inbox.isLow() ? Math.max(prefetch.target(), free) - inbox.size() : 0;
    }
}

package dev.aegis.bench.protocol;

import java.util.concurrent.atomic.LongAdder;

/** Counts the messages that the handlers were given in a round, and says the count each five milliseconds that it grew. */
public final class Tally {

    private static final int PERIOD_MS = 5;

    private volatile Round round = new Round("");

    private static final class Round {
        private final String name;
        private final LongAdder handled = new LongAdder();
        private long said;

        private Round(String name) {
            this.name = name;
        }
    }

    /** Begins to tell, on a thread of its own, for as long as the process lives. */
    public Tally() {
        var thread = new Thread(this::tell, "tally");
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins a round; its name comes back with each count. */
    public void begin(String name) {
        round = new Round(name);
    }

    public void add(int messages) {
        round.handled.add(messages);
    }

    private void tell() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MS);
                var current = round;
                var handled = current.handled.sum();
                if (handled != current.said) {
                    current.said = handled;
                    Console.say("handled " + current.name + " " + handled);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.aegis.bench.protocol;

import java.util.concurrent.TimeUnit;

/**
 * Payloads that know when they were sent. The clock is the one that all processes of a machine share; a sender and a handler
 * in two processes may compare it.
 */
public final class Pickups {

    private static final String FILLING = "x".repeat(80);

    private Pickups() {}

    /** Sends one message. */
    @FunctionalInterface
    public interface Sender {
        void send(String payload) throws Exception;
    }

    /** Sends one message after the other, each some milliseconds after the one before. */
    public static void send(int count, int pauseMs, Sender sender) throws Exception {
        for (var i = 0; i < count; i++) {
            var next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMs);
            sender.send(System.nanoTime() + " " + FILLING);
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        }
    }

    /** Says how long ago a payload was sent; the first thing that a handler does. */
    public static void arrived(String payload) {
        var now = System.nanoTime();
        Console.say("pickup " + (now - Long.parseLong(payload.substring(0, payload.indexOf(' ')))));
    }
}

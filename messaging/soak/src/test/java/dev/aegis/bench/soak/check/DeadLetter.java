package dev.aegis.bench.soak.check;

/** A message that was given up. */
public record DeadLetter(String task, String queue, long messageId, int attempts, String error) {}

package dev.aegis.bench.soak.check;

import java.time.Instant;

/** A message that expires, and when it left the waiting ones for the last time. */
public record Departure(String task, Instant leftAt, Instant expiresAt) {}

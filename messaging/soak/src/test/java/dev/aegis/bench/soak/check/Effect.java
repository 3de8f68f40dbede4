package dev.aegis.bench.soak.check;

import java.time.Instant;

/** What a handler did, as its transaction left it. */
public record Effect(
        long n,
        String task,
        String queue,
        long messageId,
        int attempt,
        Instant sentAt,
        int worker,
        Instant calledAt,
        Instant begunAt,
        Instant endedAt) {}

package dev.aegis.messaging.internal.store;

/** An ordering key of a queue. */
public record OrderingGroup(String queue, String key) {}

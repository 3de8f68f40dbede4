package dev.aegis.messaging.store;

/** An ordering key of a queue. */
public record OrderingLane(String queue, String key) {}

package dev.aegis.messaging.store;

/**
 * One consumer's right to handle one message. A later claim of the same message has a higher attempt or another
 * consumer, so that each statement that names the whole claim is fenced against a consumer that lost it.
 */
public record Claim(String queue, int priority, long id, int attempt, long consumer) {}

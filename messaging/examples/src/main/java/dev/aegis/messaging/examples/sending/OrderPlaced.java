package dev.aegis.messaging.examples.sending;

/**
 * The message that a customer bought something.
 *
 * @param purchase the id of the purchase
 * @param cents what it costs
 */
public record OrderPlaced(long purchase, int cents) {}

package dev.aegis.messaging.examples.retry;

/**
 * What is to be charged.
 *
 * @param card the number of the card
 * @param cents how much
 */
public record Payment(String card, int cents) {}

package dev.aegis.platform.problem;

import java.time.Duration;

/**
 * @param maxLength bytes of one body
 * @param maxTime from the head of a request to the end of its body, and from the answer to the end of one that was refused
 * @param maxHeld bytes of all bodies that are in memory at one time
 */
record BodyLimits(long maxLength, Duration maxTime, long maxHeld) {}

package dev.aegis.bench.soak.task;

/**
 * A message to send.
 *
 * @param replacing whether it takes the place of the one that has its unique key
 */
public record Parcel(String queue, int priority, int delayMillis, boolean replacing, Task task) {}

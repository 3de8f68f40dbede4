package dev.aegis.bench.soak.task;

/**
 * A message to send.
 *
 * @param lifeMillis how long it may wait for its handler; 0 for ever
 * @param replacing whether it takes the place of the one that has its unique key
 */
public record TestMessage(String queue, int priority, int delayMillis, int lifeMillis, boolean replacing, Task task) {}

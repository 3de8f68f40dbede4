package dev.aegis.bench.soak.task;

import java.util.List;

/**
 * What one sender sends at once. A sender takes its steps one after the other.
 *
 * @param revoked the unique keys of the messages sent before that it cancels
 * @param dallyMillis how long the commit takes: so long what was sent is written, and nobody sees it
 */
public record Step(int number, int lane, Mode mode, List<String> revoked, int dallyMillis, List<TestMessage> messages) {

    /** How it is sent. */
    public enum Mode {
        /** In a transaction that is committed. */
        COMMIT,
        /** In a transaction that is rolled back. */
        ROLL_BACK,
        /** Outside of transactions. */
        ALONE
    }
}

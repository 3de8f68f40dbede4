package dev.aegis.messaging.it;

/** The payload of the tests: what to note in the ledger, and what goes wrong meanwhile. */
record Entry(String name, Mishap mishap) {

    enum Mishap {
        NONE,
        FAILS_ONCE,
        FAILS_ALWAYS,
        FAILS_AT_COMMIT,
        CONNECTION_DIES_ONCE,
        CLAIM_IS_LOST_ONCE,
        MARKED_FOR_ROLLBACK_ONCE,
        WAITS,
        FORWARDS
    }

    static Entry of(String name) {
        return new Entry(name, Mishap.NONE);
    }
}

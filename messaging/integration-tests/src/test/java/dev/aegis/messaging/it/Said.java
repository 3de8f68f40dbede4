package dev.aegis.messaging.it;

/** An event of the tests, whose observers send messages in each phase of the transaction. */
record Said(Object what) {}

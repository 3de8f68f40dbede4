package dev.aegis.messaging.internal.receive;

/** The metadata by which the payload of a message is known as the one that is stored, and not yet read. */
record StoredPayload(Object value) {}

package dev.aegis.bench.http;

import org.jspecify.annotations.Nullable;

/** A request, and how its answer is to be. */
public interface Exchange {

    /** The request, headers and body, as it goes over the wire. */
    byte[] request();

    /** What is wrong with the answer; null if it is right. */
    @Nullable String complaint(HttpAnswer answer);
}

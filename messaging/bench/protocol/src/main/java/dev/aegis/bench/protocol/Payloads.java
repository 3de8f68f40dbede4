package dev.aegis.bench.protocol;

/** What the measured messages carry: the same for all. */
public final class Payloads {

    /** A text of a hundred characters. */
    public static final String TEXT = "x".repeat(100);

    private Payloads() {}
}

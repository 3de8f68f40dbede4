package dev.aegis.bench.soak.check;

/** What the sender of a step was told. */
public enum Outcome {
    DONE,
    FAILED,
    /** Nothing: its process died. */
    UNKNOWN
}

package dev.aegis.bench.contestant;

/** A contestant that fell, or took too long. Its rows are short; the others go on. */
public final class ContestantFailure extends RuntimeException {

    public ContestantFailure(String contestant, String what) {
        super(contestant + ": " + what);
    }
}

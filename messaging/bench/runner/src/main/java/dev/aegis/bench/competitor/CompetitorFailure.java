package dev.aegis.bench.competitor;

/** A competitor that fell, or took too long. Its rows are short; the others go on. */
public final class CompetitorFailure extends RuntimeException {

    public CompetitorFailure(String competitor, String what) {
        super(competitor + ": " + what);
    }
}

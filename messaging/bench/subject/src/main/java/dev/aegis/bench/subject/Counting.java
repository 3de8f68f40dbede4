package dev.aegis.bench.subject;

import dev.aegis.bench.protocol.Tally;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the handlers the tally that they share. */
@Dependent
class Counting {

    @Produces
    @Singleton
    Tally tally() {
        return new Tally();
    }
}

package dev.aegis.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aegis.bench.soak.plan.Plan;
import dev.aegis.bench.soak.run.Log;
import dev.aegis.bench.soak.run.Run;
import dev.aegis.testing.TestDatabase;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** See .make/reference/soak for the settings. */
class SoakIT {

    private static final int MOST_SHOWN = 20;

    @Test
    void thePromisesAreKeptWhateverHappens() throws Exception {
        var seed = setting("SOAK_SEED", System.nanoTime() & 0xffff_ffffL);
        var messages = (int) setting("SOAK_MESSAGES", 10_000);
        var limit = Duration.ofMinutes(setting("SOAK_MINUTES", 15));
        var log = Log.of(seed);
        var plan = Plan.of(seed, messages);
        Files.writeString(
                log.file("plan.txt"),
                String.join("\n", plan.steps().stream().map(String::valueOf).toList()));
        System.out.printf(
                Locale.ROOT,
                "Seed %d: %d messages in %d steps, %d workers, %d faults; files are in %s%n",
                seed,
                messages,
                plan.steps().size(),
                plan.workers(),
                plan.faults().size(),
                log.file(""));

        try (var database = TestDatabase.open()) {
            var violations = new Run(plan, database, limit, log).violations();

            Files.write(log.file("violations.txt"), violations);
            violations.stream().limit(MOST_SHOWN).forEach(System.out::println);
            assertThat(violations.size())
                    .as(
                            "promises not kept with SOAK_SEED=%d SOAK_MESSAGES=%d; see above, and %s",
                            seed, messages, log.file(""))
                    .isZero();
        }
    }

    private static long setting(String name, long otherwise) {
        var value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : Long.parseLong(value);
    }
}

package dev.aegis.platform.idempotency;

import dev.aegis.platform.database.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Removes answers that are kept no longer. Each replica does, and skips what another is removing. A replica whose own clock is
 * put back pauses until that clock is where it was; what is kept no longer is not repeated meanwhile, only not removed.
 */
@ApplicationScoped
public class AnswerPruning {
    private final Database database;
    private final StoredAnswers answers;

    AnswerPruning(Database database, StoredAnswers answers) {
        this.database = database;
        this.answers = answers;
    }

    @Scheduled(every = "PT10M", delayed = "PT1M", concurrentExecution = ConcurrentExecution.SKIP)
    public void prune() {
        boolean more = true;
        while (more) {
            more = database.compute(session -> answers.prune());
        }
    }
}

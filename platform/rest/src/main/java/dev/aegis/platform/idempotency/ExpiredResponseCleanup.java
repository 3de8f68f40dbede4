package dev.aegis.platform.idempotency;

import dev.aegis.platform.retention.ExpiredRows;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Deletes expired responses. Each replica does, and skips rows that another has locked. If the clock of a replica is set back,
 * its schedule pauses until that time has passed; expired responses are not repeated meanwhile, only deleted later.
 */
@ApplicationScoped
public class ExpiredResponseCleanup {
    private static final String DELETE = """
            DELETE FROM rest.idempotent_request WHERE key = ANY (ARRAY(
                SELECT key FROM rest.idempotent_request
                WHERE created_at <= now() - make_interval(secs => :retention)
                ORDER BY created_at LIMIT :batch
                FOR UPDATE SKIP LOCKED
            ) || ARRAY(
                SELECT key FROM rest.idempotent_request
                WHERE created_at > now() + make_interval(secs => :retention)
                ORDER BY created_at LIMIT :batch
                FOR UPDATE SKIP LOCKED))""";

    private final ExpiredRows expired;
    private final IdempotencySettings settings;

    ExpiredResponseCleanup(ExpiredRows expired, IdempotencySettings settings) {
        this.expired = expired;
        this.settings = settings;
    }

    @Scheduled(every = "PT10M", delayed = "PT1M", concurrentExecution = ConcurrentExecution.SKIP)
    public void deleteExpired() {
        expired.remove("responses to idempotent requests", DELETE, settings.retention());
    }
}

package dev.aegis.bench.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.aegis.bench.protocol.Payloads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** db-scheduler: lock-and-fetch, with the threads and limits that its documentation calls the fastest. */
final class DbSchedulerPeer implements Peer {

    private static final int AT_ONCE = 1000;
    private static final double LOWER_LIMIT = 4.0;
    private static final double UPPER_LIMIT = 20.0;
    private static final Duration POLLING = Duration.ofMillis(100);

    private static final String TABLE = """
            DROP TABLE IF EXISTS scheduled_tasks;
            CREATE TABLE scheduled_tasks (
                task_name            text        NOT NULL,
                task_instance        text        NOT NULL,
                task_data            bytea,
                execution_time       timestamptz NOT NULL,
                picked               boolean     NOT NULL,
                picked_by            text,
                last_success         timestamptz,
                last_failure         timestamptz,
                consecutive_failures int,
                last_heartbeat       timestamptz,
                version              bigint      NOT NULL,
                priority             smallint,
                state                text,
                PRIMARY KEY (task_name, task_instance));
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
            CREATE INDEX priority_execution_time_idx ON scheduled_tasks (priority DESC, execution_time ASC)""";

    private final PeerDatabase database;
    private final HikariDataSource pool;
    private final int threads;
    private final OneTimeTask<String> task;
    private final SchedulerClient client;
    private final AtomicLong instances = new AtomicLong(System.nanoTime());
    private volatile Work work = payload -> {};
    private @Nullable Scheduler scheduler;

    DbSchedulerPeer(PeerDatabase database, int threads) {
        this.database = database;
        this.threads = threads;
        pool = database.pool(threads + 4);
        task = Tasks.oneTime("bench", String.class).execute((instance, context) -> work.handle(instance.getData()));
        client = SchedulerClient.Builder.create(pool, task).build();
    }

    @Override
    public String version() {
        return "db-scheduler " + PeerProcess.versionOf("db-scheduler");
    }

    @Override
    public void prepare() throws Exception {
        database.execute(TABLE);
    }

    @Override
    public void load(String kind, int count) {
        for (var loaded = 0; loaded < count; loaded += AT_ONCE) {
            var some = new ArrayList<TaskInstance<?>>();
            for (var i = loaded; i < Math.min(count, loaded + AT_ONCE); i++) {
                some.add(instance(Payloads.TEXT));
            }
            client.scheduleBatch(some, Instant.now());
        }
    }

    @Override
    public void start(String kind, Work toDo) {
        work = toDo;
        scheduler = Scheduler.create(pool, task)
                .threads(threads)
                .pollUsingLockAndFetch(LOWER_LIMIT, UPPER_LIMIT)
                .pollingInterval(POLLING)
                .shutdownMaxWait(Duration.ofSeconds(5))
                .build();
        scheduler.start();
    }

    @Override
    public void stop() {
        if (scheduler != null) {
            scheduler.stop();
        }
    }

    @Override
    public void send(String payload) {
        client.scheduleIfNotExists(instance(payload), Instant.now());
    }

    private TaskInstance<String> instance(String payload) {
        return task.instance(String.valueOf(instances.incrementAndGet()), payload);
    }
}

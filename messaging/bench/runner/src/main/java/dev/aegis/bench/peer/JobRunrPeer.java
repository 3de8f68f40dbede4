package dev.aegis.bench.peer;

import com.zaxxer.hikari.HikariDataSource;
import dev.aegis.bench.protocol.Payloads;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;
import org.jspecify.annotations.Nullable;

/** JobRunr: the shortest poll interval that it takes, more workers, jobs enqueued as a stream. */
public final class JobRunrPeer implements Peer {

    private static final int AT_ONCE = 5000;
    private static final int POLL_INTERVAL_SECONDS = 5;
    private static final String DROP = """
            DO $$ DECLARE relation record; BEGIN
                FOR relation IN SELECT viewname AS name FROM pg_views WHERE viewname LIKE 'jobrunr%' LOOP
                    EXECUTE 'DROP VIEW ' || relation.name || ' CASCADE';
                END LOOP;
                FOR relation IN SELECT tablename AS name FROM pg_tables WHERE tablename LIKE 'jobrunr%' LOOP
                    EXECUTE 'DROP TABLE ' || relation.name || ' CASCADE';
                END LOOP;
            END $$""";

    private final PeerDatabase database;
    private final HikariDataSource pool;
    private final int workers;
    private final Job job = new Job();
    private @Nullable PostgresStorageProvider storage;

    /** The bean whose method is the job; JobRunr calls it by reflection. */
    public static final class Job {
        private volatile Work work = payload -> {};

        public void run(String payload) {
            work.handle(payload);
        }
    }

    JobRunrPeer(PeerDatabase database, int workers) {
        this.database = database;
        this.workers = workers;
        pool = database.pool(32);
    }

    @Override
    public String version() {
        return "JobRunr " + PeerProcess.versionOf("jobrunr");
    }

    @Override
    public void prepare() throws Exception {
        database.execute(DROP);
        storage();
    }

    @Override
    public void load(String kind, int count) {
        var scheduler = new JobScheduler(storage());
        for (var loaded = 0; loaded < count; loaded += AT_ONCE) {
            var some =
                    IntStream.range(loaded, Math.min(count, loaded + AT_ONCE)).mapToObj(i -> Payloads.TEXT);
            scheduler.enqueue(some, payload -> job.run(payload));
        }
    }

    @Override
    public void start(String kind, Work work) {
        job.work = work;
        JobRunr.configure()
                .useJsonMapper(new JacksonJsonMapper())
                .useStorageProvider(storage())
                .useJobActivator(new JobActivator() {
                    @Override
                    public <T> T activateJob(Class<T> type) {
                        return type.cast(job);
                    }
                })
                .useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andPollIntervalInSeconds(POLL_INTERVAL_SECONDS)
                        .andWorkerCount(workers))
                .initialize();
    }

    @Override
    public void stop() {
        // It closes the storage too.
        JobRunr.destroy();
        storage = null;
    }

    @Override
    public void send(String payload) {
        new JobScheduler(storage()).enqueue(() -> job.run(payload));
    }

    private PostgresStorageProvider storage() {
        if (storage == null) {
            storage = new PostgresStorageProvider(pool);
            storage.setJobMapper(new JobMapper(new JacksonJsonMapper()));
        }
        return storage;
    }
}

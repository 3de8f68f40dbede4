package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each setting that {@code .env.example} documents, all at once and none with its default: the system starts with them, and each
 * has its effect.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class EverySettingTest {
    /** Far from UTC by hours and by minutes. */
    private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

    /** The values, but for ports and what depends on the machine. */
    static final Map<String, String> EXAMPLES = Map.ofEntries(
            Map.entry("DATABASE_URL", "postgresql://aegis:s3cret@postgres:5432/aegis_db?ApplicationName=every-setting"),
            Map.entry("POSTGRES_PASSWORD", "s3cret"),
            Map.entry("DATABASE_POOL_SIZE", "5"),
            Map.entry("BIND_ADDRESS", "127.0.0.2"),
            Map.entry("API_PORT", ""),
            Map.entry("SCHEDULER_PORT", ""),
            Map.entry("WORKER_PORT", ""),
            Map.entry("POSTGRES_PORT", ""),
            Map.entry("AEGIS_SCHEDULE_INSPECT_OVERDUE_CRON", "*/4 * * * * ?"),
            Map.entry("AEGIS_SCHEDULE_ARMOURY_REPORT_CRON", "*/15 * " + hours() + " * * ?"),
            Map.entry("AEGIS_SCHEDULE_REQUEUE_STALE_CRON", "*/6 * * * * ?"),
            Map.entry("AEGIS_SCHEDULE_TIME_ZONE", ZONE.getId()),
            Map.entry("AEGIS_SCHEDULE_CATCH_UP_INTERVAL", "2s"),
            Map.entry("AEGIS_INSPECTION_INTERVAL", "P3D"),
            Map.entry("AEGIS_INSPECTION_MAX_PER_RUN", "7"),
            Map.entry("AEGIS_INSPECTION_REQUEUE_AFTER", "PT2H"),
            Map.entry("MP_MESSAGING_INCOMING_INSPECTIONS_CONCURRENCY", "3"),
            Map.entry("MP_MESSAGING_INCOMING_INSPECTIONS_MAX_ATTEMPTS", "2"),
            Map.entry("AEGIS_RETENTION_CRON", "*/5 * " + hours() + " * * ?"),
            Map.entry("AEGIS_RETENTION_INSPECTIONS", "P5D"),
            Map.entry("AEGIS_RETENTION_REPORTS", "P6D"),
            Map.entry("AEGIS_RETENTION_SCHEDULE_RUNS", "P7D"),
            Map.entry("AEGIS_IDEMPOTENCY_RETENTION", "P2D"),
            Map.entry("QUARKUS_HTTP_CORS_ENABLED", "true"),
            Map.entry("QUARKUS_HTTP_CORS_ORIGINS", "https://armoury.example.org"),
            Map.entry("AEGIS_LOG_JSON", "true"),
            Map.entry("QUARKUS_LOG_LEVEL", "DEBUG"),
            Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
            Map.entry("SHUTDOWN_TIMEOUT", "2S"));

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Map<String, Effect> effects = Map.ofEntries(
            Map.entry("DATABASE_URL", this::theDriverHasItsParameters),
            Map.entry("POSTGRES_PASSWORD", this::theDatabaseAsksForThePassword),
            Map.entry("DATABASE_POOL_SIZE", this::noMoreRequestsThanThatAreInTheDatabase),
            Map.entry("BIND_ADDRESS", this::portsAreOpenThereAlone),
            Map.entry("API_PORT", () -> assertReachable(0)),
            Map.entry("SCHEDULER_PORT", () -> assertReachable(1)),
            Map.entry("WORKER_PORT", () -> assertReachable(2)),
            Map.entry("POSTGRES_PORT", () -> system().database().close()),
            Map.entry("AEGIS_SCHEDULE_INSPECT_OVERDUE_CRON", () -> runs("inspect-overdue", 4)),
            Map.entry("AEGIS_SCHEDULE_ARMOURY_REPORT_CRON", () -> runs("armoury-report", 15)),
            Map.entry("AEGIS_SCHEDULE_REQUEUE_STALE_CRON", () -> runs("requeue-stale", 6)),
            // The hours of its cron expression are not those of UTC.
            Map.entry("AEGIS_SCHEDULE_TIME_ZONE", () -> runs("armoury-report", 15)),
            Map.entry("AEGIS_SCHEDULE_CATCH_UP_INTERVAL", this::aFailedRunIsTriedAgainSoon),
            Map.entry("AEGIS_INSPECTION_INTERVAL", this::shieldsThatWereNotInspectedForLongerAreOverdue),
            Map.entry("AEGIS_INSPECTION_MAX_PER_RUN", this::noRunRequestsMore),
            Map.entry("AEGIS_INSPECTION_REQUEUE_AFTER", this::anOlderOneIsRequestedAgain),
            Map.entry("MP_MESSAGING_INCOMING_INSPECTIONS_CONCURRENCY", this::noMoreInspectionsThanThatAreInProgress),
            Map.entry("MP_MESSAGING_INCOMING_INSPECTIONS_MAX_ATTEMPTS", this::aDeadLetterHadSoManyAttempts),
            Map.entry("AEGIS_RETENTION_CRON", this::olderReportsArePruned),
            Map.entry("AEGIS_RETENTION_INSPECTIONS", this::olderInspectionsArePruned),
            Map.entry("AEGIS_RETENTION_REPORTS", this::olderReportsArePruned),
            Map.entry("AEGIS_RETENTION_SCHEDULE_RUNS", this::olderRunsArePruned),
            Map.entry("AEGIS_IDEMPOTENCY_RETENTION", this::aResponseIsKeptForThatLong),
            Map.entry("QUARKUS_HTTP_CORS_ENABLED", () -> assertThat(allowedTo("https://armoury.example.org"))
                    .contains("https://armoury.example.org")),
            Map.entry("QUARKUS_HTTP_CORS_ORIGINS", () -> assertThat(allowedTo("https://other.example.org"))
                    .isEmpty()),
            Map.entry("AEGIS_LOG_JSON", () -> says("{\"timestamp\":")),
            Map.entry("QUARKUS_LOG_LEVEL", () -> says("\"level\":\"DEBUG\"")),
            Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", this::tracesAreSentThere),
            Map.entry("SHUTDOWN_TIMEOUT", this::aWorkerDoesNotWaitLongerForItsWork));

    private RunningSystem system;

    /** Where traces are sent to. */
    private ServerSocket collector;

    interface Effect {
        void isThere() throws SQLException, IOException;
    }

    /** Starts the system with settings in a file {@code .env}. */
    abstract RunningSystem start(Path folder, Map<String, String> settings);

    /** The address under which the services reach a program on this machine. */
    abstract InetAddress addressOfThisMachine() throws IOException;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        collector = new ServerSocket(0, 50, addressOfThisMachine());
        system = start(folder, settings(collector));
    }

    @AfterAll
    void stop() throws IOException {
        if (system != null) {
            system.close();
        }
        collector.close();
    }

    private RunningSystem system() {
        return system;
    }

    private static Map<String, String> settings(ServerSocket collector) {
        var settings = new HashMap<>(EXAMPLES);
        settings.values().removeIf(String::isEmpty);
        settings.put(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://" + collector.getInetAddress().getHostAddress() + ":" + collector.getLocalPort());
        return settings;
    }

    static List<String> names() {
        return DocumentedSettings.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachSettingHasItsEffect(String setting) throws SQLException, IOException {
        assertThat(effects).containsKey(setting);
        effects.get(setting).isThere();
    }

    private void theDriverHasItsParameters() {
        soon().until(() ->
                number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'every-setting'") > 0);
    }

    private void theDatabaseAsksForThePassword() {
        assertThatThrownBy(() -> system().database("aegis"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    private void noMoreRequestsThanThatAreInTheDatabase() throws SQLException {
        var shield = shields("Wanted", 1, "now()").get(0);
        try (var holder = system().database()) {
            holder.setAutoCommit(false);
            Sql.column(holder, "SELECT id FROM shield WHERE id = " + shield + " FOR UPDATE");
            var answers = IntStream.range(0, 12)
                    .mapToObj(i -> HTTP.sendAsync(
                            HttpRequest.newBuilder(system().api().address().resolve("/shields/" + shield))
                                    .header("Content-Type", "application/json")
                                    .PUT(BodyPublishers.ofString(
                                            "{\"name\": \"Wanted\", \"defense_rating\": " + i + "}"))
                                    .build(),
                            BodyHandlers.discarding()))
                    .toList();
            soon().during(Duration.ofSeconds(1)).until(() -> waitingForALock() == 5);
            holder.rollback();
            answers.forEach(answer -> answer.join());
        }
    }

    private void noMoreInspectionsThanThatAreInProgress() throws SQLException {
        var busy = shields("Busy", 10, "now()");
        try (var holder = system().database()) {
            holder.setAutoCommit(false);
            Sql.column(holder, "SELECT id FROM shield WHERE name = 'Busy' FOR NO KEY UPDATE");
            inspect(busy);
            soon().during(Duration.ofSeconds(1)).until(() -> waitingForALock() == 3);
            holder.rollback();
        }
        soon().until(() -> open("Busy") == 0);
    }

    private long waitingForALock() {
        return number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
    }

    private void portsAreOpenThereAlone() throws IOException {
        for (var port : system().servicePorts()) {
            new Socket("127.0.0.2", port).close();
            assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(IOException.class);
        }
        new Socket("127.0.0.2", system().databasePort()).close();
    }

    private void assertReachable(int service) throws IOException {
        var port = system().servicePorts().get(service);
        assertThat(new Api(URI.create("http://" + system().host() + ":" + port)).ready())
                .isTrue();
    }

    private void runs(String schedule, int seconds) {
        soon().until(() -> number("SELECT count(*) FROM scheduling.schedule_run WHERE schedule = '" + schedule
                        + "' AND due_at > now() - interval '1 minute' AND extract(second FROM due_at) = "
                        + seconds + " * floor(extract(second FROM due_at) / " + seconds
                        + ") AND extract(second FROM due_at) > 0")
                > 0);
    }

    /** Counted by a sequence, which a rollback does not set back. */
    private void aFailedRunIsTriedAgainSoon() {
        execute("CREATE SEQUENCE scheduling.tries");
        execute("""
                CREATE FUNCTION scheduling.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM nextval('scheduling.tries'); RAISE EXCEPTION 'refused'; END $$
                """);
        execute("CREATE TRIGGER refuse BEFORE INSERT ON scheduling.schedule_run FOR EACH ROW"
                + " WHEN (NEW.schedule = 'armoury-report') EXECUTE FUNCTION scheduling.refuse()");
        try {
            var tries = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM scheduling.tries";
            soon().until(() -> number(tries) > 0);
            var before = number(tries);
            // At intervals of ten seconds, there would be two in this time, and one more at its own time.
            await().atMost(Duration.ofSeconds(14)).until(() -> number(tries) >= before + 5);
        } finally {
            execute("DROP TRIGGER refuse ON scheduling.schedule_run");
            execute("DROP FUNCTION scheduling.refuse");
            execute("DROP SEQUENCE scheduling.tries");
        }
    }

    private void shieldsThatWereNotInspectedForLongerAreOverdue() {
        shields("Rested", 1, "now() - interval '2 days'");
        shields("Tired", 1, "now() - interval '4 days'");

        soon().until(() -> done("Tired") == 1);

        assertThat(number("SELECT count(*) FROM inspection JOIN shield ON shield.id = shield_id WHERE name = 'Rested'"))
                .isZero();
    }

    private void noRunRequestsMore() {
        shields("One of Many", 20, "now() - interval '5 days'");

        soon().until(() -> done("One of Many") == 20);

        assertThat(number("SELECT max(sent) FROM scheduling.schedule_run WHERE schedule = 'inspect-overdue'"))
                .isEqualTo(7);
    }

    private void anOlderOneIsRequestedAgain() {
        lost("Lost", "150 minutes");
        lost("Missed", "90 minutes");

        soon().until(() -> done("Lost") == 1);

        assertThat(open("Missed")).isEqualTo(1);
    }

    /** An inspection whose message is gone. */
    private void lost(String name, String age) {
        execute("INSERT INTO inspection (shield_id, requested_by, requested_at) VALUES ("
                + shields(name, 1, "now()").get(0) + ", 'api', now() - interval '" + age + "')");
    }

    private void aDeadLetterHadSoManyAttempts() {
        execute("""
                CREATE FUNCTION scheduling.curse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'cursed'; END $$
                """);
        execute("CREATE TRIGGER curse BEFORE UPDATE ON shield FOR EACH ROW"
                + " WHEN (OLD.name = 'Cursed') EXECUTE FUNCTION scheduling.curse()");
        try {
            inspect(shields("Cursed", 1, "now()"));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> number("SELECT count(*) FROM messaging.dead_letter WHERE attempts = 2") == 1);
        } finally {
            execute("DROP TRIGGER curse ON shield");
            execute("DROP FUNCTION scheduling.curse");
        }
    }

    private void olderInspectionsArePruned() {
        var shield = shields("Well Known", 1, "now()").get(0);
        pruned(
                "inspection",
                "shield_id, requested_by, state, requested_at, finished_at",
                "SELECT " + shield + ", 'api', 'passed', t, t",
                4,
                6);
    }

    private void olderReportsArePruned() {
        pruned(
                "armoury_report",
                "created_at, period_start, period_end, shields, battle_worthy, overdue, inspections_passed,"
                        + " inspections_repaired, inspections_condemned, inspections_failed",
                "SELECT t, t, t, 0, 0, 0, 0, 0, 0, 0",
                5,
                7);
    }

    private void olderRunsArePruned() {
        pruned("scheduling.schedule_run", "schedule, due_at, run_at", "SELECT 'long-ago', t, t", 6, 8);
    }

    private void pruned(String table, String columns, String values, int youngDays, int oldDays) {
        var ids = Sql.column(
                system(),
                "INSERT INTO " + table + " (" + columns + ") " + values + " FROM (VALUES (now() - interval '"
                        + youngDays + " days'), (now() - interval '" + oldDays + " days')) AS times (t) RETURNING id");

        soon().until(() -> number("SELECT count(*) FROM " + table + " WHERE id = " + ids.get(1)) == 0);

        assertThat(number("SELECT count(*) FROM " + table + " WHERE id = " + ids.get(0)))
                .isEqualTo(1);
    }

    private void aResponseIsKeptForThatLong() {
        var first = locationOfAShieldWithTheKey("a-day-and-a-half");
        execute("UPDATE rest.idempotent_request SET created_at = now() - interval '36 hours'");

        assertThat(locationOfAShieldWithTheKey("a-day-and-a-half")).isEqualTo(first);
    }

    private Optional<String> locationOfAShieldWithTheKey(String key) {
        return send(HttpRequest.newBuilder(system().api().address().resolve("/shields"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "\"" + key + "\"")
                        .POST(BodyPublishers.ofString("{\"name\": \"Once\"}")))
                .firstValue("Location");
    }

    private Optional<String> allowedTo(String origin) {
        return send(HttpRequest.newBuilder(system().api().address().resolve("/shields"))
                        .header("Origin", origin))
                .firstValue("Access-Control-Allow-Origin");
    }

    private static HttpHeaders send(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), BodyHandlers.discarding()).join().headers();
    }

    private void says(String words) {
        soon().until(() -> system().log().anyMatch(line -> line.contains(words)));
    }

    private void tracesAreSentThere() throws IOException {
        collector.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
        system().api().get("/shields");
        collector.accept().close();
    }

    private void aWorkerDoesNotWaitLongerForItsWork() {
        execute("""
                CREATE FUNCTION scheduling.linger() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_sleep(18); RETURN NEW; END $$
                """);
        execute("CREATE TRIGGER linger BEFORE UPDATE ON shield FOR EACH ROW"
                + " WHEN (OLD.name = 'Heavy') EXECUTE FUNCTION scheduling.linger()");
        try {
            inspect(shields("Heavy", 1, "now()"));
            soon().until(() -> number("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 1);

            assertThat(system().stopAWorker()).isLessThan(Duration.ofSeconds(12));
        } finally {
            execute("DROP TRIGGER linger ON shield");
            execute("DROP FUNCTION scheduling.linger");
        }
    }

    private List<String> shields(String name, int count, String createdAt) {
        return Sql.column(
                system(),
                "INSERT INTO shield (name, defense_rating, created_at) SELECT '" + name + "', 50, " + createdAt
                        + " FROM generate_series(1, " + count + ") RETURNING id");
    }

    private void inspect(List<String> shields) {
        var answer = system().api()
                .post("/inspections", shields.stream().collect(Collectors.joining(",", "{\"shield_ids\": [", "]}")));
        assertThat(answer.status()).isEqualTo(202);
    }

    private long done(String name) {
        return number(
                "SELECT count(*) FROM inspection JOIN shield ON shield.id = shield_id WHERE finished_at IS NOT NULL"
                        + " AND name = '" + name + "'");
    }

    private long open(String name) {
        return number("SELECT count(*) FROM inspection JOIN shield ON shield.id = shield_id WHERE finished_at IS NULL"
                + " AND name = '" + name + "'");
    }

    private long number(String sql) {
        return Sql.number(system(), sql);
    }

    private void execute(String sql) {
        Sql.execute(system(), sql);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(45));
    }

    /** This hour and the next, in the zone of the schedules. */
    private static String hours() {
        var now = ZonedDateTime.now(ZONE);
        return now.getHour() + "," + now.plusHours(1).getHour();
    }
}

package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system as processes on this machine. */
class LocalSystemTest extends SystemTest {
    @TempDir
    static Path folder;

    private static LocalSystem system;

    @BeforeAll
    static void start() {
        system = new LocalSystem(folder);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Override
    RunningSystem system() {
        return system;
    }

    @Override
    int inspectionsToSurvive() {
        return 500;
    }

    @Test
    void anInspectionWhoseMessageIsGoneEndsAtLast() {
        Sql.execute(system, "SELECT messaging.pause('inspections')");
        var api = system.api();
        var shield = api.post("/shields", "{\"name\": \"Left alone\"}").json().getLong("id");
        var inspection = api.post("/shields/" + shield + "/inspections").location();
        assertThat(Sql.number(system, "SELECT messaging.purge('inspections')")).isPositive();
        Sql.execute(
                system, "UPDATE inspection SET requested_at = now() - interval '2 hours' WHERE shield_id = " + shield);
        Sql.execute(system, "SELECT messaging.resume('inspections')");

        await().atMost(Duration.ofMinutes(1))
                .until(() -> "repaired".equals(api.get(inspection).json().getString("state")));
    }

    @Test
    void theLogHasTheDigitsThatToolsUnderstand() {
        await().atMost(Duration.ofSeconds(30)).until(() -> system.terminal().contains("Wrote the report of run"));

        assertThat(system.terminal())
                .containsPattern("Wrote the report of run [0-9]+")
                .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    }

    @Test
    void theModeIsRecorded() {
        assertThat(folder.resolve(".aegis/mode")).hasContent("local");
    }

    @Test
    void aSecondStartIsRefusedWithWhatHelps() throws IOException, InterruptedException {
        var second = system.startAnother();

        assertThat(wordsOf(second)).contains("Aegis is already running").contains("make stop");
        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(system.api().ready()).isTrue();
    }

    @Test
    void aTakenPortIsNamedWithTheSettingThatMovesIt() throws IOException, InterruptedException {
        var ports = new HashMap<>(system.ports());
        ports.put("API_PORT", Integer.toString(Commands.freePort()));
        var second = system.startAnother(folder.resolve("elsewhere"), ports);

        assertThat(wordsOf(second)).contains(ports.get("SCHEDULER_PORT")).contains("SCHEDULER_PORT=");
        assertThat(second.waitFor()).isEqualTo(1);
    }

    @Test
    void aKilledLauncherTakesEverythingWithIt() {
        var processes = system.processes().toList();
        assertThat(processes).hasSize(4);

        system.launcher().destroyForcibly();

        await().atMost(Duration.ofMinutes(1)).until(() -> processes.stream().noneMatch(LocalSystem::runs));
        system.startAgain();
    }

    private static String wordsOf(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace('\n', ' ');
    }
}

package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code make dev} runs several services at a time: what it asks of Maven, and how they end. */
class DevCommandTest {
    private static final String SERVICES = "local/src/main/resources/dev/aegis/local/services";

    @TempDir
    Path temporary;

    private Path folder;
    private Path output;
    private Process dev;

    @BeforeEach
    void prepare() throws IOException {
        folder = temporary.resolve("my project");
        output = temporary.resolve("output");
        Commands.copy(folder, ".make/dev", ".make/common", SERVICES);
        Commands.program(folder.resolve("mvn"), """
                echo "$QUARKUS_HTTP_PORT $*"
                trap 'echo ended; exit' TERM
                until [ -f "$QUARKUS_HTTP_PORT" ]; do sleep 0.1; done
                """);
    }

    @AfterEach
    void end() {
        dev.descendants().forEach(ProcessHandle::destroyForcibly);
        dev.destroyForcibly();
    }

    @Test
    void eachServiceHasItsPortAndItsNameBeforeItsLines() throws IOException {
        start(Commands.services());

        await().untilAsserted(() -> {
            for (var service : Commands.services()) {
                assertThat(Files.readAllLines(output)).anySatisfy(line -> assertThat(line)
                        .startsWith("%-9s | %s".formatted(service, port(service)))
                        .endsWith("-pl " + service + " -am compile quarkus:dev"));
            }
        });
    }

    @Test
    void allEndWhenItIsStopped() throws IOException {
        start(Commands.services());
        await().until(() ->
                Files.readAllLines(output).size() == Commands.services().size());

        dev.destroy();

        await().until(() -> !dev.isAlive());
        await().untilAsserted(() -> assertThat(Files.readAllLines(output))
                .filteredOn(line -> line.endsWith("| ended"))
                .hasSameSizeAs(Commands.services()));
    }

    @Test
    void whenOneEndsTheOthersDoToo() throws IOException {
        start(Commands.services());
        await().until(() ->
                Files.readAllLines(output).size() == Commands.services().size());

        Files.createFile(folder.resolve(port(Commands.services().get(0))));

        await().until(() -> !dev.isAlive());
        assertThat(dev.exitValue()).isNotZero();
    }

    @Test
    void oneAloneHasTheTerminal() throws IOException {
        var service = Commands.services().get(1);

        start(List.of(service));

        await().untilAsserted(() -> assertThat(Files.readString(output))
                .startsWith(port(service) + " ")
                .endsWith("-pl " + service + " -am compile quarkus:dev\n"));
    }

    private void start(List<String> services) throws IOException {
        var command = new ArrayList<>(List.of(".make/dev", folder.resolve("mvn").toString()));
        command.addAll(services);
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()));
        Commands.services().forEach(service -> builder.environment().put(Commands.portSetting(service), port(service)));
        dev = builder.start();
    }

    private static String port(String service) {
        return Integer.toString(18080 + Commands.services().indexOf(service));
    }
}

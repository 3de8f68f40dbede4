package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live reload, on a copy of the project in a folder with a space in its name. */
class LiveReloadTest {
    @TempDir
    Path temporary;

    private Path project;
    private Process dev;

    @AfterEach
    void stop() {
        if (dev != null) {
            dev.descendants().forEach(ProcessHandle::destroy);
            dev.destroy();
            await().atMost(Duration.ofMinutes(1)).until(() -> !dev.isAlive());
        }
    }

    @Test
    void makeDevShowsAChangeInTheNextResponse() throws IOException {
        copyProject();
        // Nothing in it is older than the build that was copied with it.
        Files.createDirectories(project.resolve("target"));
        Files.writeString(project.resolve("target/built"), "");
        var port = Commands.freePort();
        Commands.writeDotEnv(
                project.resolve(".env"),
                Map.of("API_PORT", Integer.toString(port), "POSTGRES_PORT", Integer.toString(Commands.freePort())));

        start(Map.of("SERVICE", "api"), ".make/local", "dev");

        assertChangeIsSeen(port);
    }

    @Test
    void devModeNeedsNoSettingAndNoDocker() throws IOException {
        copyProject();
        var port = Commands.freePort();

        start(
                Map.of("DOCKER_HOST", "unix:///nowhere/docker.sock", "QUARKUS_HTTP_PORT", Integer.toString(port)),
                ".make/local",
                "maven",
                "-B",
                "-ntp",
                "-Dspotless.check.skip",
                "compile",
                "quarkus:dev",
                "-pl",
                "api",
                "-am");

        assertChangeIsSeen(port);
        assertThat(log()).contains("Dev mode uses an embedded PostgreSQL");
    }

    private void copyProject() throws IOException {
        project = temporary.resolve("a copy");
        Commands.copyProject(project);
    }

    private void start(Map<String, String> environment, String... command) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(temporary.resolve("dev.log").toFile()));
        builder.environment().keySet().removeAll(List.of("API_PORT", "POSTGRES_PORT", "DATABASE_URL", "SERVICE"));
        // The tests of the modules are not what changes here.
        builder.environment().put("MAVEN_ARGS", "-Dmaven.test.skip=true");
        builder.environment().putAll(environment);
        dev = builder.start();
    }

    private void assertChangeIsSeen(int port) throws IOException {
        var api = new Api(URI.create("http://localhost:" + port));
        // As long as a busy machine may need to compile what changed.
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(500))
                .failFast(() -> assertThat(dev.isAlive()).as(log()).isTrue())
                .until(api::ready);
        assertThat(detail(api)).as(log()).contains("There is no shield 4711");

        var resource = project.resolve("api/src/main/java/dev/aegis/api/shield/ShieldResource.java");
        Files.writeString(resource, Files.readString(resource).replace("There is no shield", "Nobody made shield"));

        await().atMost(Duration.ofMinutes(1))
                .failFast(() -> assertThat(detail(api)).as(log()).doesNotContain("IllegalAccessError"))
                .until(() -> detail(api).contains("Nobody made shield 4711"));
    }

    private static String detail(Api api) {
        return api.get("/shields/4711").response().body();
    }

    private String log() {
        try {
            return Files.readString(temporary.resolve("dev.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

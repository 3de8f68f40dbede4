package dev.aegis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {
    private Process database;
    private Process service;
    private Process shell;

    @BeforeEach
    void start() throws IOException {
        database = new ProcessBuilder("sleep", "60").start();
        service = new ProcessBuilder("sleep", "60").start();
        shell = Watchdog.shell().start();
    }

    @AfterEach
    void end() {
        database.destroyForcibly();
        service.destroyForcibly();
        shell.destroyForcibly();
    }

    @Test
    void watchedProcessesEndWhenTheLauncherIsKilled() throws IOException {
        watch(ManagedProcess.of(database.toHandle()), ManagedProcess.of(service.toHandle()));

        launcherIsKilled();

        await().until(() -> !database.isAlive() && !service.isAlive());
    }

    @Test
    void processesThatAreNoLongerWatchedKeepRunning() throws IOException {
        watch(ManagedProcess.of(database.toHandle()), ManagedProcess.of(service.toHandle()));
        new Watchdog(shell.getOutputStream()).watch(Optional.of(ManagedProcess.of(database.toHandle())), List.of());

        launcherIsKilled();

        await().until(() -> !database.isAlive());
        assertThat(service.isAlive()).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProgramThatReusesThePidOfAWatchedProcessKeepsRunning() throws IOException {
        watch(
                new ManagedProcess(database.pid(), "1@" + startId(database).split("@", 2)[1]),
                new ManagedProcess(service.pid(), startId(service).split("@", 2)[0] + "@another-start-of-the-machine"));

        launcherIsKilled();

        assertThat(database.isAlive()).isTrue();
        assertThat(service.isAlive()).isTrue();
    }

    /** To signal the number 0 is to signal the own group, as which the launcher and the terminal's other programs count. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whereNoDatabaseIsWatchedNoProcessIsTakenForItOnAMachineWithoutProc(@TempDir Path folder) throws IOException {
        program(folder.resolve("cat"), "exit 1");
        program(folder.resolve("ps"), "echo \"$*\" >>'" + folder + "/asked'; echo long ago");
        shell.destroyForcibly();
        var builder = Watchdog.shell();
        builder.command().add(0, "setsid");
        builder.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        shell = builder.start();
        new Watchdog(shell.getOutputStream()).watch(Optional.empty(), List.of(ManagedProcess.of(service.toHandle())));

        launcherIsKilled();

        await().until(() -> !service.isAlive());
        assertThat(folder.resolve("asked"))
                .content()
                .contains("-p " + service.pid() + "\n")
                .doesNotContain("-p 0\n");
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void watch(ManagedProcess watchedDatabase, ManagedProcess watchedService) {
        new Watchdog(shell.getOutputStream()).watch(Optional.of(watchedDatabase), List.of(watchedService));
    }

    private void launcherIsKilled() throws IOException {
        shell.getOutputStream().close();
        await().atMost(Duration.ofSeconds(30)).until(() -> !shell.isAlive());
    }

    private static String startId(Process process) {
        return ManagedProcess.of(process.toHandle()).startId();
    }
}

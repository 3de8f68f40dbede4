package dev.aegis.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A service as a child process. Its output goes to the log, and it is restarted if it ends unexpectedly. */
final class ServiceProcess {
    /** As in a container of the compose file: 60 percent of 512 MB. */
    private static final String HEAP = "-Xmx300m";

    /** A control sequence of a terminal, such as the one that clears a line. */
    private static final Pattern CONTROL = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]");

    private static final Duration GRACE_PERIOD = Duration.ofSeconds(30);
    private static final Duration RESTART_DELAY = Duration.ofSeconds(1);

    private final Service service;
    private final Settings settings;
    private final Log log;
    private volatile @Nullable Process process;
    private volatile boolean stopping;
    private volatile boolean wasReady;
    private volatile String lastLogLine = "";

    ServiceProcess(Service service, Settings settings, Log log) {
        this.service = service;
        this.settings = settings;
        this.log = log;
    }

    Service service() {
        return service;
    }

    Optional<Process> process() {
        return Optional.ofNullable(process);
    }

    /** From now on the process is restarted when it ends, which is no longer a failed start. */
    void wasReady() {
        wasReady = true;
    }

    /**
     * Starts the service and keeps it running until it is stopped.
     *
     * @param started is called after each start
     * @param failed is called with the exit code if the service ends before it was ever ready; it is then not restarted
     */
    void start(Runnable started, Consumer<Integer> failed) {
        var supervisor = new Thread(() -> supervise(started, failed), service.name());
        supervisor.setDaemon(true);
        supervisor.start();
    }

    /** Copies the program, so that a build may replace it while the service runs. */
    private Path program() throws IOException {
        var copy = settings.home().resolve("services").resolve(service.name());
        Folders.copy(service.built(), copy);
        return copy.resolve(Service.PROGRAM);
    }

    private void supervise(Runnable started, Consumer<Integer> failed) {
        try {
            var program = program().toAbsolutePath();
            while (launch(program.toString())) {
                started.run();
                var running = process().orElseThrow();
                running.inputReader().lines().forEach(this::onLine);
                var code = running.waitFor();
                if (stopping) {
                    return;
                }
                if (!wasReady) {
                    failed.accept(code);
                    return;
                }
                log.line("aegis", "the " + service.name() + " ended with code " + code + "; restarting it");
                TimeUnit.MILLISECONDS.sleep(RESTART_DELAY.toMillis());
            }
        } catch (IOException e) {
            log.line("aegis", "cannot start the " + service.name() + ": " + e);
            failed.accept(127);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why the start failed, with the last log line that is not part of a stack trace. */
    CliException failedStart(String what) {
        return new CliException(
                "The " + service.name() + " " + what + ". Last log line: " + lastLogLine + " Full log: `grep '^"
                        + service.name() + "' " + settings.home().resolve("aegis.log") + "`.");
    }

    void onLine(String said) {
        var line = CONTROL.matcher(said).replaceAll("");
        if (!line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
            lastLogLine = line.strip();
        }
        log.line(service.name(), line);
    }

    private synchronized boolean launch(String program) throws IOException {
        if (stopping) {
            return false;
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var options = settings.installation().resolve(".make/java-options");
        var builder = new ProcessBuilder(java, "@" + options, HEAP, Health.headerOption(service), "-jar", program)
                .directory(settings.home().toFile())
                .redirectErrorStream(true);
        settings.exportTo(builder.environment());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(service.port()));
        process = builder.start();
        return true;
    }

    /** Asks the service to end, and does not wait. */
    synchronized void stop() {
        stopping = true;
        // Through the handle, because Process.destroy would close the pipe, and lose the last lines.
        process().map(Process::toHandle).ifPresent(ProcessHandle::destroy);
    }

    /** Waits for the end after {@link #stop()}, and kills the process after the grace period. */
    void awaitEnd() throws InterruptedException {
        var running = process;
        if (running != null && !running.waitFor(GRACE_PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
            log.line(
                    "aegis",
                    "killing the " + service.name() + ", which did not end within " + GRACE_PERIOD.toSeconds() + " s");
            running.toHandle().destroyForcibly();
            running.waitFor();
        }
    }
}

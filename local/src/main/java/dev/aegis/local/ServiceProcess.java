package dev.aegis.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A service as a child process: its lines go to the log, and it is started again when it ends before its time. */
final class ServiceProcess {
    /** What a container of the compose file has of its memory. */
    private static final String HEAP = "-Xmx300m";

    /** A sequence that controls a terminal, such as the one that clears a line. */
    private static final Pattern CONTROL = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]");

    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

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

    /** From now on the end of the process is an accident, and no longer a failed start. */
    void wasReady() {
        wasReady = true;
    }

    /**
     * Starts the service and keeps it running until it is stopped.
     *
     * @param started is told after each start
     * @param failed is told the exit code when the service ends before it was ever ready; it is then not started again
     */
    void start(Runnable started, Consumer<Integer> failed) {
        var keeper = new Thread(() -> keep(started, failed), service.name());
        keeper.setDaemon(true);
        keeper.start();
    }

    /** Copies the program, so that a build may replace it while the service runs. */
    private Path program() throws IOException {
        var copy = settings.home().resolve("services").resolve(service.name());
        Folders.copy(service.built(), copy);
        return copy.resolve(Service.PROGRAM);
    }

    private void keep(Runnable started, Consumer<Integer> failed) {
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
                log.line("aegis", "the " + service.name() + " ended with code " + code + " and is started again");
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        } catch (IOException e) {
            log.line("aegis", "cannot start the " + service.name() + ": " + e);
            failed.accept(127);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why the start failed, with the last line of the log that is not the inside of a stack trace. */
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
        var builder = new ProcessBuilder(java, "@" + options, HEAP, Health.introduction(service), "-jar", program)
                .directory(settings.home().toFile())
                .redirectErrorStream(true);
        settings.handOnTo(builder.environment());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(service.port()));
        process = builder.start();
        return true;
    }

    /** Asks the service to end, and does not wait. */
    synchronized void stop() {
        stopping = true;
        // Through the handle, because the process itself would close the pipe of the last lines.
        process().map(Process::toHandle).ifPresent(ProcessHandle::destroy);
    }

    /** Waits for the end after {@link #stop()}; when the time of grace is over the process is killed. */
    void awaitEnd() throws InterruptedException {
        var running = process;
        if (running != null && !running.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            log.line("aegis", "kills the " + service.name() + ", which did not end within " + GRACE.toSeconds() + " s");
            running.toHandle().destroyForcibly();
            running.waitFor();
        }
    }
}

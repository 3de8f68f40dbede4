package dev.aegis.e2e;

import static java.util.stream.Collectors.toMap;
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
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The system as processes on this machine, with its data in a folder of its own. */
final class LocalSystem implements RunningSystem {
    private static final Path LAUNCHER = Commands.PROJECT.resolve("local/target/aegis-local.jar");

    /** Everything works where numbers are written with other digits. */
    private static final String ARABIC = "-Duser.language=ar -Duser.country=EG";

    private static final Map<String, String> REQUEUEING = Map.of("AEGIS_SCHEDULE_REQUEUE_STALE_CRON", "*/5 * * * * ?");

    private final Path folder;
    private final Map<String, String> ports = Stream.concat(
                    Commands.services().stream().map(Commands::portSetting), Stream.of("POSTGRES_PORT"))
            .collect(toMap(setting -> setting, setting -> Integer.toString(Commands.freePort())));
    private final Map<String, String> settings;
    private Process launcher;

    LocalSystem(Path folder) {
        this(folder, Map.of());
    }

    /** With the settings in a file {@code .env}. */
    LocalSystem(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.settings = settings;
        Commands.writeDotEnv(folder.resolve(".env"), settings);
        launcher = start();
        awaitReady();
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public Api api() {
        return new Api(URI.create("http://" + host() + ":" + ports.get("API_PORT")));
    }

    @Override
    public Stream<String> log() {
        try {
            return Files.readAllLines(folder.resolve(".aegis/aegis.log")).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Integer> servicePorts() {
        return Commands.services().stream()
                .map(service -> Integer.valueOf(ports.get(Commands.portSetting(service))))
                .toList();
    }

    @Override
    public Duration stopAWorker() {
        var worker = process("worker").orElseThrow();
        var start = System.nanoTime();
        worker.destroy();
        await().atMost(Duration.ofMinutes(1)).until(() -> !runs(worker));
        var took = Duration.ofNanos(System.nanoTime() - start);
        await().atMost(Duration.ofMinutes(1)).until(() -> process("worker").isPresent());
        return took;
    }

    @Override
    public int databasePort() {
        return Integer.parseInt(ports.get("POSTGRES_PORT"));
    }

    @Override
    public void killAWorker() {
        process("worker").orElseThrow().destroyForcibly();
    }

    @Override
    public void restart() {
        var processes = processes().toList();
        assertThat(processes).hasSize(ports.size());
        assertThat(stop()).as("exit code of the launcher").isZero();
        assertThat(processes).as("processes that are left").noneMatch(LocalSystem::runs);
        startAgain();
    }

    void startAgain() {
        launcher = start();
        awaitReady();
    }

    /** Ends the launcher as Ctrl-C does, and returns its exit code. */
    int stop() {
        launcher.destroy();
        await().atMost(Duration.ofMinutes(1)).until(() -> !launcher.isAlive());
        return launcher.exitValue();
    }

    /** Starts a launcher beside the one that runs: on the same folder, unless another is given. */
    Process startAnother(Path otherFolder, Map<String, String> otherPorts) {
        try {
            Files.createDirectories(otherFolder);
            var builder = command(otherFolder, otherPorts, Map.of());
            return builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process startAnother() {
        return startAnother(folder, ports);
    }

    /** What has been written to the terminal. */
    String terminal() {
        try {
            return Files.readString(folder.resolve("terminal.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> ports() {
        return ports;
    }

    ProcessHandle launcher() {
        return launcher.toHandle();
    }

    /** The running process of a service, or of postgres. */
    Optional<ProcessHandle> process(String name) {
        return Optional.ofNullable(state().getProperty("process." + name))
                .flatMap(value -> ProcessHandle.of(Long.parseLong(value.split(" ", 2)[0])))
                .filter(LocalSystem::runs);
    }

    Stream<ProcessHandle> processes() {
        return Stream.concat(Commands.services().stream(), Stream.of("postgres"))
                .flatMap(name -> process(name).stream());
    }

    /** Whether a process is alive, and not merely waiting for someone to ask for its exit code. */
    static boolean runs(ProcessHandle process) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return process.isAlive() && !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException e) {
            return process.isAlive();
        }
    }

    void awaitReady() {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .failFast(
                        "the launcher ended; its output is in " + folder.resolve("terminal.log"),
                        () -> !launcher.isAlive())
                .until(() -> "true".equals(state().getProperty("ready"))
                        && state().getProperty("process.aegis").startsWith(launcher.pid() + " "));
    }

    @Override
    public void close() {
        if (launcher.isAlive()) {
            stop();
        }
    }

    private Process start() {
        try {
            return command(folder, ports, settings)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Redirect.appendTo(folder.resolve("terminal.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder command(Path folder, Map<String, String> ports, Map<String, String> settings) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, "-jar", LAUNCHER.toString(), "serve").directory(folder.toFile());
        builder.environment().putAll(QUICK_SCHEDULES);
        builder.environment().putAll(REQUEUEING);
        builder.environment().put("JAVA_TOOL_OPTIONS", ARABIC);
        builder.environment().remove("DATABASE_URL");
        builder.environment().keySet().removeAll(settings.keySet());
        builder.environment().putAll(ports);
        return builder;
    }

    private Properties state() {
        var properties = new Properties();
        var file = folder.resolve(".aegis/running.properties");
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }
}

package dev.aegis.local;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/**
 * The system on one machine without Docker. Settings come from the environment and from {@code .env} in the working directory,
 * where data, logs and state are kept in {@code .aegis/}.
 */
public final class Main {
    private static final String USAGE =
            "Commands: serve, up, stop, status, running, logs, url, reset [--yes], with-database COMMAND…";

    private Main() {}

    public static void main(String... arguments) throws Exception {
        // The embedded PostgreSQL's library logs through SLF4J, which has no provider here; see postgres.log.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) throws Exception {
        try {
            return command(arguments, Settings.load(installation(), Path.of(""), System.getenv()));
        } catch (CliException e) {
            System.out.flush();
            System.err.println(e.wrapped());
            return 1;
        }
    }

    private static int command(List<String> arguments, Settings settings) throws Exception {
        var colours = new Colours(settings.get("AEGIS_COLOURS", "no").equals("yes"));
        switch (arguments.isEmpty() ? "" : arguments.get(0)) {
            case "serve" -> new Serve(settings, colours).run();
            case "up" -> new Up(settings).run(Path.of("").toAbsolutePath());
            case "stop" -> new Stop(settings).run();
            case "status" -> new Status(settings.ofRunningSystem()).run();
            case "logs" -> new Logs(settings, colours).run();
            case "running" -> {
                return State.load(settings.home()).flatMap(State::launcher).isPresent() ? 0 : 1;
            }
            case "url" -> new Url(settings.ofRunningSystem()).run();
            case "reset" -> new Reset(settings).run(arguments.contains("--yes"));
            case "with-database" -> {
                return new WithDatabase(settings).run(arguments.subList(1, arguments.size()));
            }
            default -> throw new CliException(USAGE);
        }
        return 0;
    }

    /** The project's folder, relative to this program in {@code local/target/}. */
    private static Path installation() throws URISyntaxException {
        var here = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return here.resolve("../../..").normalize();
    }
}

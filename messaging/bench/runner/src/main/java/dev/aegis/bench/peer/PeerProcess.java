package dev.aegis.bench.peer;

import dev.aegis.bench.protocol.Console;
import dev.aegis.bench.protocol.Pickups;
import dev.aegis.bench.protocol.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A process that runs one peer, and obeys the runner. */
public final class PeerProcess {

    private static final int MOST_EFFECT_CONNECTIONS = 32;

    private final Tally tally = new Tally();
    private final PeerDatabase database = PeerDatabase.of(System.getenv());
    private final Peer peer;
    private final int threads;
    private @Nullable Effects effects;

    private PeerProcess(String name, int threads) {
        this.threads = threads;
        peer = switch (name) {
            case "db-scheduler" -> new DbSchedulerPeer(database, threads);
            case "jobrunr" -> new JobRunrPeer(database, threads);
            case "floor" -> new FloorPeer(database);
            default -> throw new IllegalArgumentException("There is no peer " + name);
        };
    }

    /** Runs the peer that the first argument names, with as many threads as the second one says. */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.OFF);
        new PeerProcess(arguments[0], Integer.parseInt(arguments[1])).serve();
        System.exit(0);
    }

    static String versionOf(String name) {
        try (var file = PeerProcess.class.getResourceAsStream("/peers.properties")) {
            var versions = new Properties();
            versions.load(file);
            return versions.getProperty(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        Console.serve(
                peer.version(),
                Map.of(
                        "prepare", ignored -> prepare(),
                        "load", this::load,
                        "drain", this::drain,
                        "halt", ignored -> halt(),
                        "pickups", this::pickups));
    }

    private String prepare() throws Exception {
        peer.prepare();
        return "";
    }

    private String load(List<String> arguments) throws Exception {
        peer.load(arguments.get(0), Integer.parseInt(arguments.get(1)));
        return "";
    }

    private String drain(List<String> arguments) throws Exception {
        var kind = arguments.get(0);
        tally.begin(arguments.get(1));
        peer.start(kind, work(kind));
        return "";
    }

    private Peer.Work work(String kind) {
        return switch (kind) {
            case "pickup" -> Pickups::arrived;
            case "effect" -> {
                if (effects == null) {
                    effects = new Effects(database, Math.min(threads, MOST_EFFECT_CONNECTIONS));
                }
                var writer = effects;
                yield payload -> {
                    writer.handle(payload);
                    tally.add(1);
                };
            }
            default -> payload -> tally.add(1);
        };
    }

    private String halt() throws Exception {
        peer.stop();
        return "";
    }

    private String pickups(List<String> arguments) throws Exception {
        Pickups.send(Integer.parseInt(arguments.get(0)), Integer.parseInt(arguments.get(1)), peer::send);
        return "";
    }
}

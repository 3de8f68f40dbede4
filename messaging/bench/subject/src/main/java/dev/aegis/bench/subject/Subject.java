package dev.aegis.bench.subject;

import dev.aegis.bench.protocol.Console;
import dev.aegis.bench.protocol.Payloads;
import dev.aegis.bench.protocol.Pickups;
import dev.aegis.bench.protocol.Tally;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Obeys the runner. A queue is paused unless it is being drained. */
@QuarkusMain
public class Subject implements QuarkusApplication {

    private static final List<String> QUEUES =
            List.of("single", "batch", "effect", "effect-alone", "effect-batch", "pickup");

    private final Tally tally;
    private final Effects effects;
    private final Senders senders;
    private final String version;

    Subject(
            Tally tally,
            Effects effects,
            Senders senders,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.tally = tally;
        this.effects = effects;
        this.senders = senders;
        this.version = version;
    }

    @Override
    public int run(String... arguments) throws Exception {
        for (var queue : QUEUES) {
            effects.steer("pause", queue);
        }
        Console.serve(
                version,
                Map.of(
                        "prepare", ignored -> "",
                        "load", this::load,
                        "delay", this::delay,
                        "drain", this::drain,
                        "halt", this::halt,
                        "send", this::send,
                        "insert", this::insert,
                        "pickups", this::pickups));
        return 0;
    }

    private String load(List<String> arguments) {
        senders.sendMany(arguments.get(0), Integer.parseInt(arguments.get(1)));
        return "";
    }

    private String delay(List<String> arguments) {
        senders.sendDelayed(arguments.get(0), Integer.parseInt(arguments.get(1)));
        return "";
    }

    private String drain(List<String> arguments) throws Exception {
        tally.begin(arguments.get(1));
        effects.steer("resume", arguments.get(0));
        return "";
    }

    private String halt(List<String> arguments) throws Exception {
        effects.steer("pause", arguments.get(0));
        return "";
    }

    private String send(List<String> arguments) throws Exception {
        var threads = new LoadThreads(Integer.parseInt(arguments.get(1)));
        return String.valueOf(threads.run(Integer.parseInt(arguments.get(0)), () -> {
            senders.send("sent", Payloads.TEXT);
            return null;
        }));
    }

    private String insert(List<String> arguments) throws Exception {
        var threads = new LoadThreads(Integer.parseInt(arguments.get(1)));
        return String.valueOf(threads.run(Integer.parseInt(arguments.get(0)), () -> {
            effects.insertPlain(Payloads.TEXT);
            return null;
        }));
    }

    private String pickups(List<String> arguments) throws Exception {
        Pickups.send(
                Integer.parseInt(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                payload -> senders.send("pickup", payload));
        return "";
    }
}

package dev.aegis.bench.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aegis.bench.soak.task.Step;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * A process that handles messages, and sends those that the driver asks for: a step on each line of its standard input,
 * answered by {@code @}, the number of the step, and what came of it. The end of the input ends it, so that it never
 * outlives the driver.
 */
@QuarkusMain
public class Worker implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final PrintStream OUT = System.out;

    private final Sender sender;
    private final ObjectMapper json;
    private final ExecutorService lanes = Executors.newCachedThreadPool();

    Worker(Sender sender, ObjectMapper json) {
        this.sender = sender;
        this.json = json;
    }

    @Override
    public int run(String... arguments) {
        var listener = new Thread(this::listen, "driver");
        listener.setDaemon(true);
        listener.start();
        say("ready");
        Quarkus.waitForExit();
        lanes.shutdownNow();
        return 0;
    }

    private void listen() {
        var input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try {
            for (var line = input.readLine(); line != null; line = input.readLine()) {
                var step = json.readValue(line, Step.class);
                lanes.execute(() -> take(step));
            }
        } catch (IOException e) {
            LOG.error("The driver can't be understood", e);
        }
        Quarkus.asyncExit(0);
    }

    private void take(Step step) {
        try {
            sender.take(step);
            say(step.number() + " done");
        } catch (Exception e) {
            LOG.warnf("Step %d failed: %s", step.number(), e);
            say(step.number() + " failed " + String.valueOf(e).replace('\n', ' '));
        }
    }

    private static synchronized void say(String line) {
        OUT.println("@ " + line);
        OUT.flush();
    }
}

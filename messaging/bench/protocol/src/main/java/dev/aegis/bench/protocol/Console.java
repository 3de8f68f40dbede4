package dev.aegis.bench.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * Commands come on standard input, one a line, and each is answered with {@code @ done} or {@code @ failed}. Lines without
 * the {@code @} are chatter. The end of the input ends the process, so that it never outlives the one that measures.
 */
public final class Console {

    private static final PrintStream OUT = System.out;

    private Console() {}

    /** Does what a line of words asks for. */
    @FunctionalInterface
    public interface Command {

        /** The result, in one line; empty when there is nothing to say. */
        String run(List<String> arguments) throws Exception;
    }

    /** Says hello with the version of what is measured, then obeys until the input ends. */
    public static void serve(String version, Map<String, Command> commands) {
        say("ready " + version);
        var input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        try {
            for (var line = input.readLine(); line != null; line = input.readLine()) {
                obey(List.of(line.split(" ")), commands);
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
    }

    /** Says a line that the measuring process reads. */
    public static void say(String line) {
        OUT.println("@ " + line);
        OUT.flush();
    }

    private static void obey(List<String> words, Map<String, Command> commands) {
        var command = commands.get(words.get(0));
        if (command == null) {
            say("failed There is no command " + words.get(0));
            return;
        }
        try {
            say("done " + command.run(words.subList(1, words.size())));
        } catch (Exception e) {
            e.printStackTrace();
            say("failed " + String.valueOf(e).replace('\n', ' '));
        }
    }
}

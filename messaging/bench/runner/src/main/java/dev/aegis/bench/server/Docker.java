package dev.aegis.bench.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The docker command, bounded in time. */
final class Docker {

    private static final Duration TO_ANSWER = Duration.ofSeconds(10);
    private static final Duration TO_PULL = Duration.ofMinutes(3);

    private Docker() {}

    /** Whether an engine answers that has the image, or can pull it within minutes. */
    static boolean canRun(String image) {
        return run(TO_ANSWER, "version").isPresent()
                && (run(TO_ANSWER, "image", "inspect", image).isPresent()
                        || run(TO_PULL, "pull", "--quiet", image).isPresent());
    }

    /** What the command printed; empty when it failed, took too long, or doesn't exist. */
    static Optional<String> run(String... arguments) {
        return run(TO_ANSWER, arguments);
    }

    static Optional<String> run(Duration limit, String... arguments) {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return process.exitValue() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

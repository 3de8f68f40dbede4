package dev.aegis.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code logs}: shows the end of the log, and follows it as long as the system runs. */
final class Logs {
    private static final int TAIL = 64 * 1024;

    private final Settings settings;
    private final Colours colours;

    Logs(Settings settings, Colours colours) {
        this.settings = settings;
        this.colours = colours;
    }

    void run() throws IOException, InterruptedException {
        var path = settings.home().resolve("aegis.log");
        if (!Files.exists(path)) {
            throw new CliException(
                    "There is no log yet: `make serve` starts the system, `make up` does so in the background.");
        }
        follow(path);
    }

    private void follow(Path path) throws IOException, InterruptedException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - TAIL));
            if (file.getFilePointer() > 0) {
                file.readLine();
            }
            var rest = "";
            while (true) {
                var running =
                        State.load(settings.home()).flatMap(State::launcher).isPresent();
                var fresh = new byte[(int) Math.min(TAIL, file.length() - file.getFilePointer())];
                file.readFully(fresh);
                var text = rest + new String(fresh, UTF_8);
                var end = text.lastIndexOf('\n') + 1;
                text.substring(0, end).lines().map(colours::paint).forEach(System.out::println);
                rest = text.substring(end);
                if (fresh.length == 0 && !running) {
                    return;
                }
                if (fresh.length < TAIL) {
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            }
        }
    }
}

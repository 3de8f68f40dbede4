package dev.aegis.local;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code up}: starts the system in the background and returns when it is ready. */
final class Up {
    private final Settings settings;

    Up(Settings settings) {
        this.settings = settings;
    }

    void run(Path folder) throws IOException, InterruptedException {
        Lock.take(settings.home()).close();
        var errors = settings.home().resolve("up.err");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // nohup, so that it outlives the terminal.
        var launcher = new ProcessBuilder(
                        "nohup", java, "-cp", System.getProperty("java.class.path"), Main.class.getName(), "serve")
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        var announced = false;
        while (!launcher.waitFor(200, TimeUnit.MILLISECONDS)) {
            var state = State.load(settings.home()).filter(saved -> isOf(launcher, saved));
            if (!announced && state.isPresent()) {
                announced = true;
                System.out.println("Aegis is starting in the background; its log is "
                        + settings.home().resolve("aegis.log") + ".");
            }
            if (state.filter(State::ready).isPresent()) {
                System.out.println(ReadyBanner.text(settings));
                return;
            }
        }
        throw new CliException(Files.readString(errors).replace('\n', ' ').strip());
    }

    private static boolean isOf(Process launcher, State state) {
        return state.launcher()
                .filter(running -> running.pid() == launcher.pid())
                .isPresent();
    }
}

package dev.aegis.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The settings where the system runs in containers. */
@Tag("compose")
class ComposeEverySettingTest extends EverySettingTest {
    @TempDir
    static Path folder;

    private static ComposeSystem system;
    private static ServerSocket collector;

    @BeforeAll
    static void start() throws IOException {
        collector = new ServerSocket(0, 50, InetAddress.getByName(addressOfThisMachine()));
        system = new ComposeSystem(folder.resolve(".env"), settings(collector));
    }

    @AfterAll
    static void stop() throws IOException {
        system.close();
        collector.close();
    }

    @Override
    RunningSystem system() {
        return system;
    }

    @Override
    ServerSocket collector() {
        return collector;
    }

    /** As containers see it. */
    private static String addressOfThisMachine() {
        return Commands.run(
                        Commands.PROJECT,
                        Map.of(),
                        "",
                        "docker",
                        "network",
                        "inspect",
                        "bridge",
                        "--format",
                        "{{(index .IPAM.Config 0).Gateway}}")
                .strip();
    }
}

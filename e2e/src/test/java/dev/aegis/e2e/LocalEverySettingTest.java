package dev.aegis.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The settings where the system runs as processes on this machine. */
@EnabledOnOs(
        value = OS.LINUX,
        disabledReason = "only Linux has more than one address of the loopback interface from the start")
class LocalEverySettingTest extends EverySettingTest {
    @TempDir
    static Path folder;

    private static LocalSystem system;
    private static ServerSocket collector;

    @BeforeAll
    static void start() throws IOException {
        collector = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        system = new LocalSystem(folder, settings(collector));
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
}

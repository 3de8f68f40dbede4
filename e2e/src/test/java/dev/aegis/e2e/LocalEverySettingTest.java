package dev.aegis.e2e;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The settings where the system runs as processes on this machine. */
@EnabledOnOs(
        value = OS.LINUX,
        disabledReason = "only Linux has more than one address of the loopback interface from the start")
class LocalEverySettingTest extends EverySettingTest {

    @Override
    RunningSystem start(Path folder, Map<String, String> settings) {
        return new LocalSystem(folder, settings);
    }

    @Override
    InetAddress addressOfThisMachine() {
        return InetAddress.getLoopbackAddress();
    }
}

package dev.aegis.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The settings where the system runs in containers. */
@Tag("compose")
class ComposeEverySettingTest extends EverySettingTest {

    @Override
    RunningSystem start(Path folder, Map<String, String> settings) {
        return new ComposeSystem(folder.resolve(".env"), settings);
    }

    @Override
    InetAddress addressOfThisMachine() throws IOException {
        return InetAddress.getByName(Commands.run(
                        Commands.PROJECT,
                        Map.of(),
                        "",
                        "docker",
                        "network",
                        "inspect",
                        "bridge",
                        "--format",
                        "{{(index .IPAM.Config 0).Gateway}}")
                .strip());
    }
}

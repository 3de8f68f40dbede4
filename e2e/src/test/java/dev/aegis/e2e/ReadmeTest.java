package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void theEntityThatItSavesIsATestThatRunsAsItStands() throws IOException {
        var file = "shared-model/src/test/java/dev/aegis/model/shield/SaveAShieldTest.java";

        assertThat(Files.readString(Commands.PROJECT.resolve("README.md")))
                .contains(file)
                .contains("```java\n" + Files.readString(Commands.PROJECT.resolve(file)) + "```\n");
    }
}

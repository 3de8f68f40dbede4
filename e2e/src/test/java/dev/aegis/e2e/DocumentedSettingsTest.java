package dev.aegis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentedSettingsTest {

    @Test
    void eachIsDocumentedOnce() {
        assertThat(names()).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theComposeFilePassesEachOn(String setting) throws IOException {
        assertThat(Files.readString(Commands.PROJECT.resolve("docker-compose.yml")))
                .containsPattern("(?m)(^ +" + setting + ":$|\\$\\{" + setting + "[:}])");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theEffectOfEachIsTested(String setting) {
        assertThat(EverySettingTest.EXAMPLES).containsKey(setting);
    }

    static List<String> names() {
        return DocumentedSettings.names();
    }
}

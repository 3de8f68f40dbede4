package dev.aegis.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvTest {
    @TempDir
    Path folder;

    @Test
    void valuesAreReadAsComposeReadsThem() throws IOException {
        var values = read("""
                # a comment
                PLAIN=8081
                export EXPORTED = spaced   # with a comment
                CRON=0 * * * * ?
                SINGLE='$as it ${stands}'
                DOUBLE="two words # and no comment"
                HASH=p#ss
                EMPTY=
                """);

        assertThat(values)
                .containsEntry("PLAIN", "8081")
                .containsEntry("EXPORTED", "spaced")
                .containsEntry("CRON", "0 * * * * ?")
                .containsEntry("SINGLE", "$as it ${stands}")
                .containsEntry("DOUBLE", "two words # and no comment")
                .containsEntry("HASH", "p#ss")
                .containsEntry("EMPTY", "");
    }

    @Test
    void referencesAreReplaced() throws IOException {
        var values = read("""
                HOST=db
                URL=postgresql://${USER_NAME:-aegis}@${HOST}:5432/${NOTHING}
                """);

        assertThat(values).containsEntry("URL", "postgresql://aegis@db:5432/");
    }

    @Test
    void aFileThatAnEditorOnWindowsWroteIsReadLikeAnyOther() throws IOException {
        assertThat(read("\uFEFFPLAIN=8081\r\nCRON=0 * * * * ?\r\nDOUBLE=\"two words\"\r\n"))
                .containsEntry("PLAIN", "8081")
                .containsEntry("CRON", "0 * * * * ?")
                .containsEntry("DOUBLE", "two words");
    }

    @Test
    void aFileInAnotherEncodingIsRejectedWithAClearMessage() throws IOException {
        var file = Files.write(folder.resolve(".env"), "NAME=caf\u00e9".getBytes(ISO_8859_1));

        assertThatThrownBy(() -> DotEnv.read(file, Map.of()))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void theEnvironmentTakesPrecedenceOverTheFile() throws IOException {
        assertThat(read("HOME_OF=file")).containsEntry("HOME_OF", "file");
        assertThat(read("SET=file")).containsEntry("SET", "environment");
    }

    @Test
    void theFileIsOptional() {
        assertThat(DotEnv.read(folder.resolve("none"), Map.of("SET", "environment")))
                .containsExactly(Map.entry("SET", "environment"));
    }

    @Test
    void aMalformedLineIsRejectedWithItsNumber() {
        assertThatThrownBy(() -> read("PLAIN=1\nwhat is this"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining(".env line 2");
    }

    private Map<String, String> read(String text) throws IOException {
        return DotEnv.read(Files.writeString(folder.resolve(".env"), text), Map.of("SET", "environment"));
    }
}

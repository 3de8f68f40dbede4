package dev.aegis.cli.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class MarkdownEditorTest {
    private static final Set<String> FILES = Set.of("docs", "docs/kept.md", "api", "messaging", "messaging/runtime");

    @Test
    void aPageThatLinksToWhatIsThereKeepsEachByte() {
        var page = "# A\n\n\n[kept](docs/kept.md#x)  and `make up`,\nhttps://gone.example.org  \n";

        assertThat(edited(page)).isSameAs(page);
    }

    @Test
    void aSentenceGoesAndItsParagraphIsWrappedAgain() {
        assertThat(edited("One is [here](docs/kept.md). Two is\n[there](docs/gone.md). Three.\n"))
                .isEqualTo("One is [here](docs/kept.md). Three.\n");
    }

    @Test
    void aParagraphThatSaysNothingElseGoesWhole() {
        assertThat(edited("One.\n\nSee [there](docs/gone.md).\n\nThree.\n")).isEqualTo("One.\n\nThree.\n");
    }

    @Test
    void rowsAndItemsGo() {
        assertThat(edited("| a | b |\n|---|---|\n| x | [there](docs/gone.md) |\n| y | z |\n"))
                .isEqualTo("| a | b |\n|---|---|\n| y | z |\n");
        assertThat(edited("- one\n- [there](docs/gone.md)\n  and on\n- three\n"))
                .isEqualTo("- one\n- three\n");
    }

    @Test
    void aSectionGoesWithItsHeadingAndSoDoesOneThatIsLeftEmpty() {
        assertThat(edited("# A\n\nText.\n\n## [B](gone)\n\nMore.\n\n### C\n\nMore.\n\n## D\n\nText.\n"))
                .isEqualTo("# A\n\nText.\n\n## D\n\nText.\n");
        assertThat(edited("# A\n\nText.\n\n## B\n\n[there](docs/gone.md).\n")).isEqualTo("# A\n\nText.\n");
    }

    @Test
    void linesOfListingsGo() {
        assertThat(edited("```console\n$ make up    # kept\n$ make bench # gone\n```\n"))
                .isEqualTo("```console\n$ make up    # kept\n```\n");
        assertThat(
                        edited(
                                "```\napi/  gone/    kept\nmessaging/     kept\n  runtime/     kept\n  bench/  soak/  gone\n```\n"))
                .isEqualTo("```\napi/  gone/    kept\nmessaging/     kept\n  runtime/     kept\n```\n");
    }

    @Test
    void aCommandThatIsNotThereCountsAsALink() {
        assertThat(edited("Run `make up`. Then `make bench ROWS=1`.\n")).isEqualTo("Run `make up`.\n");
    }

    private static String edited(String page) {
        return MarkdownEditor.edit("README.md", page, FILES::contains, Set.of("up")::contains);
    }
}

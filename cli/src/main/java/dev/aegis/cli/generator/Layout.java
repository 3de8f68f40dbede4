package dev.aegis.cli.generator;

import java.util.List;

/** What the paths of the reference say: what a project gets, and what of that keeps its name. */
final class Layout {
    /** What is about the reference itself, or tests the frame, which a project gets as it is. */
    private static final List<String> REFERENCE_ALONE = List.of(
            ".ci/",
            ".github/workflows/reference.yml",
            ".make/reference/",
            "LICENSE",
            "aegis",
            "cli/",
            "docs/decisions/",
            "docs/performance.md");

    private static final List<String> FRAME = List.of("messaging/", "platform/");

    private static final List<String> CONNECTOR = List.of("messaging/runtime/", "messaging/deployment/");

    /** The pages for those who use the connector; the others are for those who change it, or choose one. */
    private static final List<String> PAGES = List.of("messaging/docs/guide.md", "messaging/docs/reference.md");

    private Layout() {}

    static boolean isInProject(String path) {
        if (REFERENCE_ALONE.stream().anyMatch(part -> part.endsWith("/") ? path.startsWith(part) : path.equals(part))) {
            return false;
        }
        if (!isFrame(path) || PAGES.contains(path)) {
            return true;
        }
        return (path.startsWith("platform/") || CONNECTOR.stream().anyMatch(path::startsWith))
                && (path.endsWith("/pom.xml") || path.contains("/src/main/"));
    }

    /** Whether it is of the frame, which keeps its names and is nobody's to edit. */
    static boolean isFrame(String path) {
        return FRAME.stream().anyMatch(path::startsWith);
    }
}

package dev.aegis.cli.generator;

import dev.aegis.cli.git.SourceFile;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names with "aegis" in them that are the frame's, as its sources have them: packages, artifacts, the connector,
 * settings with their forms in the environment, and metrics. They are the same in each project.
 */
final class FrameNames {
    private static final Pattern PACKAGE = Pattern.compile("\\bdev\\.aegis\\.([a-z]+)");
    private static final Pattern WORD = Pattern.compile("(?<![\\w.$])aegis([-._])([a-z0-9]+)");
    private static final Pattern VARIABLE = Pattern.compile("(?<![A-Z])AEGIS_([A-Z0-9]+)");
    private static final Pattern ARTIFACT = Pattern.compile("aegis-[a-z0-9-]+");

    private final Set<String> artifacts;
    private final Set<String> packages = new TreeSet<>();
    private final Set<String> words = new TreeSet<>();

    private FrameNames(Set<String> artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * @param frame its files as a project gets them
     * @param own those that a project calls its own
     */
    static FrameNames in(Collection<SourceFile> frame, Collection<SourceFile> own) {
        var names = new FrameNames(artifacts(frame));
        for (var file : frame) {
            if (!file.binary()) {
                names.read(file.text());
            }
        }
        // The frame may name a module of the project in an example.
        names.words.removeAll(artifacts(own));
        names.packages.removeAll(own.stream()
                .filter(file -> file.name().equals("package-info.java"))
                .map(file -> file.text().replaceFirst("(?s).*\\bpackage dev\\.aegis\\.([a-z]+).*", "$1"))
                .collect(Collectors.toSet()));
        return names;
    }

    private static Set<String> artifacts(Collection<SourceFile> files) {
        return files.stream()
                .filter(file -> file.name().equals("pom.xml"))
                .map(pom -> Xml.parse(pom.text()).child("project").text("artifactId"))
                .filter(artifact -> ARTIFACT.matcher(artifact).matches())
                .collect(Collectors.toSet());
    }

    private void read(String text) {
        PACKAGE.matcher(text).results().forEach(found -> packages.add(found.group(1)));
        WORD.matcher(text).results().forEach(found -> {
            words.add("aegis" + found.group(1) + found.group(2));
            // A setting has this form in the environment; and a metric with dots has underscores for Prometheus.
            words.add("AEGIS_" + found.group(2).toUpperCase(Locale.ROOT));
            if (found.group(1).equals(".")) {
                words.add("aegis_" + found.group(2));
            }
        });
        VARIABLE.matcher(text).results().forEach(found -> words.add("AEGIS_" + found.group(1)));
    }

    Set<String> artifacts() {
        return artifacts;
    }

    /** Whether {@code dev.aegis.NAME} is a package of the frame. */
    boolean hasPackage(String name) {
        return packages.contains(name);
    }

    /** Whether it is the beginning of a name of the frame, such as {@code aegis.schedule} or {@code AEGIS_LOG}. */
    boolean hasWord(String word) {
        return words.contains(word);
    }
}

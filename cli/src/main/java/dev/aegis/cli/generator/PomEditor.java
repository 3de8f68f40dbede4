package dev.aegis.cli.generator;

import dev.aegis.cli.git.SourceFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Cuts POMs to the modules that there are, and gives them the names of the project; all else keeps its bytes. */
final class PomEditor {
    private static final String REFERENCE_GROUP = "dev.aegis";
    private static final String REFERENCE = "aegis";
    /** The version that a project starts with, whatever that of the reference is. */
    private static final String VERSION = "1.0.0-SNAPSHOT";

    private final List<SourceFile> before;
    private final Answers answers;
    private final Renamer renamer;
    private final Set<String> frameArtifacts;
    private final Set<String> managedForTests;

    /**
     * @param before the POMs of the whole reference
     * @param frameArtifacts the artifact ids of the modules that keep their names
     */
    PomEditor(List<SourceFile> before, Answers answers, Renamer renamer, Set<String> frameArtifacts) {
        this.before = before;
        this.answers = answers;
        this.renamer = renamer;
        this.frameArtifacts = frameArtifacts;
        this.managedForTests = before.stream()
                .filter(pom -> pom.path().equals("pom.xml"))
                .flatMap(pom -> Xml.parse(pom.text()).all())
                .filter(element -> element.is("dependency") && element.inside("dependencyManagement"))
                .filter(dependency -> dependency.text("scope").equals("test"))
                .map(PomEditor::key)
                .collect(Collectors.toSet());
    }

    List<SourceFile> edit(List<SourceFile> poms) {
        var modules = poms.stream().map(SourceFile::folder).collect(Collectors.toSet());
        var cut = poms.stream().map(pom -> cut(pom, modules)).toList();
        return cut.stream()
                .map(pom -> pom.path().equals("pom.xml") ? withoutTheUnused(pom, cut) : pom)
                .map(pom -> Layout.isFrame(pom.path()) ? withParent(pom) : renamed(pom))
                .toList();
    }

    private SourceFile cut(SourceFile pom, Set<String> modules) {
        var document = Xml.parse(pom.text());
        var gone = new ArrayList<Xml>();
        document.all()
                .filter(element -> element.is("module") && !modules.contains(path(pom, element.text())))
                .forEach(gone::add);
        for (var profile :
                document.all().filter(element -> element.is("profile")).toList()) {
            if (profile.find("modules").isPresent()
                    && new HashSet<>(gone).containsAll(profile.child("modules").children())) {
                gone.add(profile);
            }
        }
        if (Layout.isFrame(pom.path())) { // its tests stay in the reference
            document.all()
                    .filter(element -> element.is("dependency") && !element.inside("dependencyManagement"))
                    .filter(this::isForTests)
                    .forEach(gone::add);
            document.all()
                    .filter(element ->
                            element.tag().endsWith(".tests") && element.parent().is("properties"))
                    .forEach(gone::add);
            document.all()
                    .filter(element ->
                            element.is("properties") && !element.children().isEmpty())
                    .filter(properties -> gone.containsAll(properties.children()))
                    .toList()
                    .forEach(gone::add);
        }
        return pom.withText(without(pom.text(), gone));
    }

    private static String path(SourceFile pom, String module) {
        return pom.folder().isEmpty() ? module : pom.folder() + "/" + module;
    }

    private boolean isForTests(Xml dependency) {
        var scope = dependency.text("scope");
        return scope.equals("test") || (scope.isEmpty() && managedForTests.contains(key(dependency)));
    }

    private static String key(Xml dependency) {
        return dependency.text("groupId") + ":" + dependency.text("artifactId") + ":" + dependency.text("type");
    }

    /** Without what is managed, and which properties are set, for modules alone that are not there. */
    private SourceFile withoutTheUnused(SourceFile root, List<SourceFile> poms) {
        var once = asked(before);
        var asked = asked(poms);
        var unmanaged = without(
                root.text(),
                Xml.parse(root.text())
                        .all()
                        .filter(element -> element.is("dependency") && element.inside("dependencyManagement"))
                        .filter(managed -> once.contains(key(managed)) && !asked.contains(key(managed)))
                        .toList());
        var texts = poms.stream()
                        .filter(pom -> !pom.path().equals("pom.xml"))
                        .map(SourceFile::text)
                        .collect(Collectors.joining())
                + unmanaged;
        var all = before.stream().map(SourceFile::text).collect(Collectors.joining());
        var unused = Xml.parse(unmanaged)
                .all()
                .filter(element -> !element.is(Xml.COMMENT) && element.inside("properties"))
                .filter(property -> property.parent().parent().is("project"))
                .filter(property ->
                        all.contains("${" + property.tag() + "}") && !texts.contains("${" + property.tag() + "}"))
                .toList();
        return root.withText(without(unmanaged, unused));
    }

    /** The keys of the dependencies that modules have. */
    private static Set<String> asked(List<SourceFile> poms) {
        return poms.stream()
                .flatMap(pom -> Xml.parse(pom.text()).all())
                .filter(element -> element.is("dependency") || element.is("path"))
                .filter(element -> !element.inside("dependencyManagement"))
                .map(PomEditor::key)
                .collect(Collectors.toSet());
    }

    private SourceFile withParent(SourceFile pom) {
        var edits = new Edits(pom.text());
        var parent = Xml.parse(pom.text()).child("project").child("parent");
        identify(parent, edits);
        return pom.withText(edits.apply());
    }

    private SourceFile renamed(SourceFile pom) {
        var edits = new Edits(pom.text());
        var project = Xml.parse(pom.text()).child("project");
        project.find("parent").ifPresent(parent -> identify(parent, edits));
        if (pom.path().equals("pom.xml")) {
            identify(project, edits);
        }
        project.all()
                .filter(element -> element.is("groupId") && element.text().equals(REFERENCE_GROUP))
                .forEach(group -> {
                    var frame = frameArtifacts.contains(group.parent().text("artifactId"));
                    replace(group, frame ? REFERENCE_GROUP : answers.group(), edits);
                });
        return pom.withText(edits.apply(renamer::text));
    }

    /** Sets the coordinates of the project, or of a parent. */
    private void identify(Xml project, Edits edits) {
        replace(project.child("groupId"), answers.group(), edits);
        if (project.text("artifactId").equals(REFERENCE)) {
            replace(project.child("artifactId"), answers.name().kebab(), edits);
        }
        replace(project.child("version"), VERSION, edits);
    }

    private static void replace(Xml element, String text, Edits edits) {
        edits.replace(element.contentFrom(), element.contentTo(), text);
    }

    /** Without these elements and their lines, and without the comments over what is gone. */
    private static String without(String text, Collection<Xml> elements) {
        var gone = new HashSet<>(elements);
        for (var parent : elements.stream().map(Xml::parent).collect(Collectors.toSet())) {
            gone.addAll(commentsOverNothing(parent, gone));
        }
        var edits = new Edits(text);
        for (var element : gone) {
            var from = element.from();
            while (from > 0 && text.charAt(from - 1) == ' ') {
                from--;
            }
            var to = element.to();
            while (to < text.length() && text.charAt(to) == ' ') {
                to++;
            }
            if (to < text.length() && text.charAt(to) == '\n') {
                to++;
            }
            // An empty line between two that are kept is enough.
            if (from > 1 && text.charAt(from - 2) == '\n' && to < text.length() && text.charAt(to) == '\n') {
                to++;
            }
            edits.replace(from, to, "");
        }
        return edits.apply();
    }

    private static List<Xml> commentsOverNothing(Xml parent, Set<Xml> gone) {
        var comments = new ArrayList<Xml>();
        var children = parent.children();
        for (var i = 0; i < children.size(); i++) {
            if (!children.get(i).is(Xml.COMMENT)) {
                continue;
            }
            var next = i + 1;
            var some = false;
            var lives = false;
            while (next < children.size() && !children.get(next).is(Xml.COMMENT)) {
                some |= gone.contains(children.get(next));
                lives |= !gone.contains(children.get(next));
                next++;
            }
            if (some && !lives) {
                comments.add(children.get(i));
            }
        }
        return comments;
    }
}

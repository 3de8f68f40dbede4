package dev.aegis.cli;

import dev.aegis.cli.generator.Component;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the components that there are, and in a project those that it has.")
final class ListCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    ListCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var project = ProjectRecord.find(environment.folder()).orElse(null);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(json(project)));
            out.flush();
            return 0;
        }
        if (project != null) {
            out.println(project.answers().name().kebab() + ", of release " + project.release() + " ("
                    + project.commit().substring(0, 12) + ")");
            out.println();
        }
        for (var component : Component.values()) {
            var mark = project == null ? " " : has(project, component) ? "*" : " ";
            out.printf(
                    Locale.ROOT,
                    "%s %-22s %s%s%n",
                    mark,
                    component.id(),
                    component.description(),
                    component.always() ? "; each project has it" : "");
        }
        out.println();
        out.println(
                project == null
                        ? "Sets that a project can have:"
                        : "* is in this project. Sets that a project can have:");
        Component.sets().forEach(set -> out.println("  " + Component.list(set)));
        out.flush();
        return 0;
    }

    private static boolean has(@Nullable ProjectRecord project, Component component) {
        Set<Component> components =
                project == null ? Set.of() : project.answers().components();
        return components.contains(component);
    }

    private static Map<String, @Nullable Object> json(@Nullable ProjectRecord project) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        if (project != null) {
            json.put("project", project.answers().name().kebab());
            json.put("release", project.release());
            json.put("commit", project.commit());
        }
        json.put(
                "components",
                Arrays.stream(Component.values())
                        .map(component -> {
                            var entry = new LinkedHashMap<String, Object>();
                            entry.put("id", component.id());
                            entry.put("description", component.description());
                            entry.put("always", component.always());
                            if (project != null) {
                                entry.put("in_project", has(project, component));
                            }
                            return entry;
                        })
                        .toList());
        json.put("sets", Component.sets().stream().map(Component::list).toList());
        return json;
    }
}

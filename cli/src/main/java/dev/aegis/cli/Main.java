package dev.aegis.cli;

import dev.aegis.cli.generator.AnswerException;
import dev.aegis.cli.git.GitException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code aegis}. */
@Command(
        name = "aegis",
        mixinStandardHelpOptions = true,
        description = "Makes projects of the reference that this command stands in.",
        subcommands = {
            InitCommand.class,
            ListCommand.class,
            DiffCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "First: aegis init my-project, then cd my-project and make serve.",
            "Completion for bash and zsh: source <(aegis generate-completion)"
        })
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public static void main(String... arguments) {
        var clone = Path.of(System.getProperty("aegis.home", ""));
        var environment =
                new Environment(clone.toAbsolutePath().normalize(), Path.of("").toAbsolutePath());
        System.exit(commandLine(environment).execute(arguments));
    }

    static CommandLine commandLine(Environment environment) {
        var factory = CommandLine.defaultFactory();
        var commandLine = new CommandLine(new Main(), new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                for (var constructor : type.getDeclaredConstructors()) {
                    if (constructor.getParameterCount() == 1
                            && constructor.getParameterTypes()[0] == Environment.class) {
                        return type.cast(constructor.newInstance(environment));
                    }
                }
                return factory.create(type);
            }
        });
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setExecutionExceptionHandler((exception, command, parsed) -> {
            if (exception instanceof CliException
                    || exception instanceof AnswerException
                    || exception instanceof GitException) {
                say(command.getErr(), Objects.requireNonNullElse(exception.getMessage(), exception.toString()));
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            throw exception;
        });
        return commandLine;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** A paragraph, in lines of at most 100 characters. */
    static void say(PrintWriter out, String paragraph) {
        var line = new StringBuilder();
        for (var word : paragraph.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > 100) {
                out.println(line);
                line = new StringBuilder();
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        out.println(line);
        out.flush();
    }
}

package dev.aegis.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What tests need of the machine. */
final class Commands {
    /** The project's folder. */
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_COPIED = Set.of(".git", ".aegis", "node_modules", "results");

    /** Where the tests that run now write their results. */
    private static final Path OWN_RESULTS = Path.of("e2e", "target");

    private Commands() {}

    /** The names of the services, in their order. */
    static List<String> services() {
        try {
            return Files.readAllLines(PROJECT.resolve("local/src/main/resources/dev/aegis/local/services")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2)[0])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The setting that moves the port of a service. */
    static String portSetting(String service) {
        return service.toUpperCase(Locale.ROOT) + "_PORT";
    }

    /** Runs a command line, gives it the input, and returns what it said. A failure fails the test. */
    static String run(Path folder, Map<String, String> environment, String input, String... command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(UTF_8));
            }
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(
                        String.join(" ", command) + " ended with " + process.exitValue() + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Copies files of the project, each to the same place in another folder. */
    static void copy(Path folder, String... files) throws IOException {
        for (var file : files) {
            var copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(PROJECT.resolve(file), copy);
        }
    }

    /** Copies the whole project as it is built, with the times of the files, which tell what has to be built again. */
    static void copyProject(Path folder) throws IOException {
        Files.walkFileTree(PROJECT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                var inProject = PROJECT.relativize(directory);
                if (NOT_COPIED.contains(directory.getFileName().toString()) || inProject.equals(OWN_RESULTS)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(folder.resolve(inProject.toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file, folder.resolve(PROJECT.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Writes a program of the shell, such as one that stands in for docker or mvn in front of the PATH. */
    static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The PATH with the programs of a folder in front. */
    static String pathWith(Path programs) {
        return programs + ":" + System.getenv("PATH");
    }

    /** As an editor on Windows leaves it: with a byte order mark, and two characters at the end of each line. */
    static void writeDotEnv(Path file, Map<String, String> settings) {
        try {
            Files.writeString(
                    file,
                    settings.entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\r\n")
                            .collect(Collectors.joining("", "\uFEFF", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

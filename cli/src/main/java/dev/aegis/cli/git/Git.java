package dev.aegis.cli.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The program git in one folder. */
public final class Git {
    private static final byte[] NOTHING = {};

    private final Path folder;

    public Git(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** What it said, without the space around it. */
    public String run(String... arguments) {
        return new String(run(NOTHING, arguments), UTF_8).strip();
    }

    public byte[] run(byte[] input, String... arguments) {
        var result = execute(input, arguments);
        if (result.code != 0) {
            throw new GitException(
                    "git " + String.join(" ", arguments) + " failed in " + folder + ": " + result.errors);
        }
        return result.output;
    }

    /** What it said, or nothing where it failed. */
    public Optional<String> tryRun(String... arguments) {
        var result = execute(NOTHING, arguments);
        return result.code == 0 ? Optional.of(new String(result.output, UTF_8).strip()) : Optional.empty();
    }

    /** The files of a commit, from the objects of git alone. */
    public List<SourceFile> files(String commit) {
        var listed = new String(run(NOTHING, "ls-tree", "-r", "-z", "--full-tree", commit), UTF_8);
        var entries = new ArrayList<String[]>();
        var ids = new StringBuilder();
        for (var line : listed.split("\0", -1)) {
            var entry = line.split("[ \t]", 4);
            if (entry.length == 4 && entry[1].equals("blob")) {
                entries.add(entry);
                ids.append(entry[2]).append('\n');
            }
        }
        var objects = run(ids.toString().getBytes(UTF_8), "cat-file", "--batch");
        var files = new ArrayList<SourceFile>(entries.size());
        var at = 0;
        for (var entry : entries) {
            var end = at;
            while (objects[end] != '\n') {
                end++;
            }
            var head = new String(objects, at, end - at, UTF_8);
            var size = Integer.parseInt(head.substring(head.lastIndexOf(' ') + 1));
            var content = new byte[size];
            System.arraycopy(objects, end + 1, content, 0, size);
            files.add(new SourceFile(entry[3], entry[0], content));
            at = end + 1 + size + 1;
        }
        return files;
    }

    /** Makes a commit without a parent of a tree, under a reference such as {@code refs/heads/main}. */
    public void commit(String reference, Tree tree, String committer, String message) {
        var stream = new ByteArrayOutputStream();
        write(stream, "commit " + reference + "\ncommitter " + committer + "\n");
        data(stream, message.getBytes(UTF_8));
        write(stream, "deleteall\n");
        for (var file : tree.files()) {
            write(stream, "M " + file.mode() + " inline " + file.path() + "\n");
            data(stream, file.content());
        }
        write(stream, "\n");
        run(stream.toByteArray(), "fast-import", "--quiet", "--force");
    }

    private static void data(ByteArrayOutputStream stream, byte[] content) {
        write(stream, "data " + content.length + "\n");
        stream.writeBytes(content);
        write(stream, "\n");
    }

    private static void write(ByteArrayOutputStream stream, String text) {
        stream.writeBytes(text.getBytes(UTF_8));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Result(int code, byte[] output, String errors) {}

    private Result execute(byte[] input, String... arguments) {
        try {
            var process = builder(List.of(arguments)).start();
            var errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            var fed = CompletableFuture.runAsync(() -> feed(process, input));
            var output = process.getInputStream().readAllBytes();
            fed.join();
            return new Result(process.waitFor(), output, new String(errors.join(), UTF_8).strip());
        } catch (IOException e) {
            throw new GitException("git cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void feed(Process process, byte[] input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input);
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
            // It ended before it had read everything: its exit code says why.
        }
    }

    private ProcessBuilder builder(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add("git");
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        // Those of a hook that this runs in would name another repository.
        builder.environment().keySet().removeAll(List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"));
        return builder;
    }
}

package dev.aegis.cli.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a project by path, as a tree of git. */
public final class Tree {
    private static final String FOLDER = "40000";

    private final SortedMap<String, SourceFile> files;

    private Tree(SortedMap<String, SourceFile> files) {
        this.files = Collections.unmodifiableSortedMap(files);
    }

    public static Tree of(Collection<SourceFile> files) {
        var byPath = new TreeMap<String, SourceFile>();
        for (var file : files) {
            if (byPath.put(file.path(), file) != null) {
                throw new IllegalArgumentException("Two files have the path " + file.path());
            }
        }
        return new Tree(byPath);
    }

    public Collection<SourceFile> files() {
        return files.values();
    }

    public @Nullable SourceFile file(String path) {
        return files.get(path);
    }

    /** Whether there is such a file, or a folder with any. */
    public boolean exists(String path) {
        if (path.isEmpty() || files.containsKey(path)) {
            return true;
        }
        var below = files.tailMap(path + "/");
        return !below.isEmpty() && below.firstKey().startsWith(path + "/");
    }

    public Tree with(SourceFile file) {
        var more = new TreeMap<>(files);
        more.put(file.path(), file);
        return new Tree(more);
    }

    public Tree without(String path) {
        var fewer = new TreeMap<>(files);
        fewer.remove(path);
        return new Tree(fewer);
    }

    /** The id that git gives this tree, in hexadecimal. */
    public String id() {
        var root = new Folder();
        for (var file : files.values()) {
            var folder = root;
            var names = file.path().split("/", -1);
            for (var i = 0; i < names.length - 1; i++) {
                folder = folder.folders.computeIfAbsent(names[i] + "/", name -> new Folder());
            }
            folder.files.put(names[names.length - 1], file);
        }
        return HexFormat.of().formatHex(root.id());
    }

    private static byte[] hash(String type, byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            digest.update((type + " " + content.length + "\0").getBytes(UTF_8));
            return digest.digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Folder {
        /** By the name with a slash behind it, which is how git sorts them among the files. */
        private final SortedMap<String, Folder> folders = new TreeMap<>();

        private final SortedMap<String, SourceFile> files = new TreeMap<>();

        private byte[] id() {
            var entries = new TreeMap<String, byte[]>();
            folders.forEach((name, folder) ->
                    entries.put(name, entry(FOLDER, name.substring(0, name.length() - 1), folder.id())));
            files.forEach((name, file) -> entries.put(name, entry(file.mode(), name, hash("blob", file.content()))));
            var content = new ByteArrayOutputStream();
            entries.values().forEach(content::writeBytes);
            return hash("tree", content.toByteArray());
        }

        private static byte[] entry(String mode, String name, byte[] id) {
            var entry = new ByteArrayOutputStream();
            entry.writeBytes((mode + " " + name + "\0").getBytes(UTF_8));
            entry.writeBytes(id);
            return entry.toByteArray();
        }
    }
}

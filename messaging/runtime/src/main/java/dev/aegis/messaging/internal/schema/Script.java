package dev.aegis.messaging.internal.schema;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** A migration of the connector. They are listed, not searched for: a packed class path cannot be searched at run time. */
final class Script extends LoadableResource {

    static final String FOLDER = "db/messaging/";

    static final List<String> NAMES = List.of("V1__messaging.sql");

    private final String name;

    private Script(String name) {
        this.name = name;
    }

    static ResourceProvider all() {
        var scripts = NAMES.stream().<LoadableResource>map(Script::new).toList();
        return new ResourceProvider() {
            @Override
            public @Nullable LoadableResource getResource(String name) {
                // Flyway also asks for files that configure single scripts; there are none.
                return null;
            }

            @Override
            public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
                return scripts.stream()
                        .filter(script -> script.getFilename().startsWith(prefix))
                        .toList();
            }
        };
    }

    @Override
    public Reader read() {
        try (var file = Script.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("the jar of the connector lacks " + FOLDER + name);
            }
            return new StringReader(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getAbsolutePath() {
        return FOLDER + name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
        return getAbsolutePath();
    }

    @Override
    public String getFilename() {
        return name;
    }

    @Override
    public String getRelativePath() {
        return name;
    }
}

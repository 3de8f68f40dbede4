package dev.aegis.platform.database;

import java.util.Collection;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * The migrations below one folder. Quarkus finds all of them when the service is built, since a packed class path cannot be
 * listed at run time.
 */
record Scripts(ResourceProvider all, String folder) implements ResourceProvider {

    @Override
    public LoadableResource getResource(String name) {
        return all.getResource(name);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return all.getResources(prefix, suffixes).stream()
                .filter(script -> script.getAbsolutePath().startsWith(folder))
                .toList();
    }
}

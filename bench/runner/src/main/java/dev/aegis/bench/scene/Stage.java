package dev.aegis.bench.scene;

import dev.aegis.bench.Settings;
import dev.aegis.bench.contestant.Teams;
import dev.aegis.bench.report.Bar;
import dev.aegis.bench.server.Database;
import dev.aegis.bench.server.Server;

/**
 * Where the scenes are played.
 *
 * @param database what all contestants share, one after the other
 */
public record Stage(Settings settings, Server server, Database database) {

    Teams teams() {
        return new Teams(database.address(), settings.limit());
    }

    /** Whether a row is to be measured. */
    public boolean wants(Bar bar) {
        return settings.wants(bar.row());
    }
}

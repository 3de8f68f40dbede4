package dev.aegis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;

/** Checks the conditions for a start. */
final class Preflight {
    private static final long NEEDED_MIB = 512;

    private Preflight() {}

    static void check(Settings settings) {
        built(settings);
        distinctPorts(settings);
        for (var service : Service.all(settings)) {
            port(settings.bindAddress(), service.port(), service.portSetting());
        }
        database(settings);
    }

    /** Checks the conditions for starting the database alone. */
    static void database(Settings settings) {
        disk(settings.home());
        if (settings.externalDatabase().isEmpty()) {
            port("127.0.0.1", settings.databasePort(), "POSTGRES_PORT");
        }
    }

    private static void built(Settings settings) {
        for (var service : Service.all(settings)) {
            if (!Files.exists(service.built().resolve(Service.PROGRAM))) {
                throw new CliException(
                        "The " + service.name() + " is not built: `make serve` builds what is needed and starts it.");
            }
        }
    }

    /** Binding the ports one after the other would not find this, since nothing uses them yet. */
    static void distinctPorts(Settings settings) {
        var ports = new LinkedHashMap<String, Integer>();
        Service.all(settings).forEach(service -> ports.put(service.portSetting(), service.port()));
        if (settings.externalDatabase().isEmpty()) {
            ports.put("POSTGRES_PORT", settings.databasePort());
        }
        var names = new HashMap<Integer, String>();
        ports.forEach((name, port) -> {
            var other = names.putIfAbsent(port, name);
            if (other != null) {
                throw new CliException(other + " and " + name + " are both " + port
                        + ", and each needs its own port: set one of them to another port in .env or before"
                        + " the command.");
            }
        });
    }

    private static void disk(Path home) {
        try {
            var free = Files.getFileStore(home).getUsableSpace() >> 20;
            if (free < NEEDED_MIB) {
                throw new CliException("Only " + free + " MiB are free on the disk of " + home
                        + ", and the database needs at least " + NEEDED_MIB
                        + " MiB: free some space, for example with `make clean`, or drop the data with `make reset`.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void port(String address, int port, String setting) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (IOException e) {
            throw new CliException("Port " + port + " of " + address + " cannot be used (" + e.getMessage()
                    + "). Another program may listen there, perhaps Aegis itself in another mode or folder: stop that,"
                    + " or take another port with "
                    + setting + "=" + (port + 1) + " in .env or before the command. BIND_ADDRESS sets the address.");
        }
    }
}

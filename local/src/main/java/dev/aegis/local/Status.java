package dev.aegis.local;

/** {@code status}: shows what is running, where, and whether it is healthy. */
final class Status {
    private final Settings settings;

    Status(Settings settings) {
        this.settings = settings;
    }

    void run() throws InterruptedException {
        var state = State.load(settings.home()).filter(saved -> saved.launcher().isPresent());
        if (state.isEmpty()) {
            System.out.println(
                    "Nothing is running: `make serve` starts everything, `make up` does so in the background.");
            return;
        }
        var health = new Health();
        for (var service : Service.all(settings)) {
            var ready = health.ready(service);
            line(
                    service.name(),
                    pid(state.get(), service.name()),
                    ready ? "ready" : "not ready",
                    service.address().toString());
        }
        if (settings.externalDatabase().isEmpty()) {
            var up = Postgres.runningOn(settings.home().resolve("postgres")).isPresent();
            line("postgres", pid(state.get(), "postgres"), up ? "running" : "stopped", settings.databaseUrl());
        }
    }

    private static String pid(State state, String name) {
        var process = state.processes().get(name);
        return process == null || process.running().isEmpty() ? "-" : Long.toString(process.pid());
    }

    private static void line(String name, String pid, String health, String address) {
        System.out.printf("%-10s process %-8s %-10s %s%n", name, pid, health, address);
    }
}

package dev.aegis.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;

/** {@code reset}: drops the data of the embedded database, after asking. */
final class Reset {
    private final Settings settings;

    Reset(Settings settings) {
        this.settings = settings;
    }

    void run(boolean sure) throws IOException, InterruptedException {
        if (settings.externalDatabase().isPresent()) {
            throw new CliException(
                    "DATABASE_URL names a database that was not started here: this command does not drop its data.");
        }
        try (var lock = Lock.take(settings.home())) {
            var data = settings.home().resolve("postgres");
            if (!Files.exists(data)) {
                System.out.println("There is no data.");
            } else if (sure || confirmed()) {
                StaleProcessCleanup.end(lock, new Log(settings.home().resolve("aegis.log"), new Colours(false)));
                Folders.delete(data);
                System.out.println("All data has been dropped; the next start begins with an empty database.");
            } else {
                System.out.println("Nothing was dropped.");
            }
        }
    }

    private boolean confirmed() throws IOException {
        System.out.print("This drops all shields, inspections, reports and messages in "
                + settings.home().resolve("postgres") + ". Type yes to go on: ");
        System.out.flush();
        var answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return "yes".equals(answer);
    }
}

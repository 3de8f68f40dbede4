package dev.aegis.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {
    @TempDir
    Path home;

    @Test
    void whatWasSavedIsLoaded() {
        var state = State.starting(Map.of("API_PORT", "8081"))
                .with("api", ProcessHandle.current())
                .nowReady();
        state.save(home);

        assertThat(State.load(home)).contains(state);
        assertThat(state.launcher()).contains(ProcessHandle.current());

        State.forget(home);
        assertThat(State.load(home)).isEmpty();
    }

    @Test
    void aLaterProcessWithTheSamePidIsNotTakenForTheSavedOne() {
        var other = new ManagedProcess(ProcessHandle.current().pid(), "0@an-earlier-start-of-the-machine");

        assertThat(new State(true, Map.of("aegis", other), Map.of()).launcher()).isEmpty();
    }

    @Test
    void aProcessWhoseStartIsUnknownIsNotTakenForTheSavedOne() {
        var unknown = new ManagedProcess(ProcessHandle.current().pid(), "unknown");

        assertThat(unknown.running()).isEmpty();
    }
}

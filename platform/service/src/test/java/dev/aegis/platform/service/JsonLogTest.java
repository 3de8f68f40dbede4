package dev.aegis.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.Test;

/** Where {@code AEGIS_LOG_JSON} is true, each record of the log is one JSON object on one line. */
@QuarkusTest
@TestProfile(JsonLogTest.JsonLog.class)
class JsonLogTest {

    public static final class JsonLog implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("AEGIS_LOG_JSON", "true");
        }
    }

    @Test
    void aRecordIsOneObjectOnOneLine() throws JsonProcessingException {
        var log = new ExtLogRecord(Level.WARN, "\"%s\"\nis away", ExtLogRecord.FormatStyle.PRINTF, "Database");
        log.setParameters(new Object[] {"the database"});
        log.setLoggerName("dev.aegis.startup");
        log.setThreadName("main");
        log.setInstant(Instant.parse("2026-01-01T12:00:00.123Z"));
        log.setMdc(Map.of("traceId", "4bf92f", "message_id", "7"));
        log.setThrown(new IllegalStateException("why"));

        var line = format(log);

        assertThat(line.trim()).hasLineCount(1).startsWith("{\"timestamp\":");
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(OffsetDateTime.parse(json.get("timestamp").asText()).toInstant())
                .isEqualTo(Instant.parse("2026-01-01T12:00:00.123Z"));
        assertThat(json.get("level").asText()).isEqualTo("WARN");
        assertThat(json.get("service").asText()).isNotBlank();
        assertThat(json.get("logger").asText()).isEqualTo("dev.aegis.startup");
        assertThat(json.get("thread").asText()).isEqualTo("main");
        assertThat(json.get("message").asText()).isEqualTo("\"the database\"\nis away");
        assertThat(json.get("traceId").asText()).isEqualTo("4bf92f");
        assertThat(json.get("message_id").asText()).isEqualTo("7");
        assertThat(json.get("exception").asText()).contains("java.lang.IllegalStateException: why\n\tat ");
    }

    private static String format(ExtLogRecord log) {
        return Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                .filter(ConsoleHandler.class::isInstance)
                .findFirst()
                .orElseThrow()
                .getFormatter()
                .format(log);
    }
}

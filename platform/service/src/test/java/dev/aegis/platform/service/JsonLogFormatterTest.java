package dev.aegis.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLogFormatterTest {

    @Test
    void aRecordIsOneObjectOnOneLine() throws JsonProcessingException {
        var log = new ExtLogRecord(Level.WARN, "\"%s\"\nis away", ExtLogRecord.FormatStyle.PRINTF, "Database");
        log.setParameters(new Object[] {"the database"});
        log.setLoggerName("dev.aegis.startup");
        log.setThreadName("main");
        log.setInstant(Instant.parse("2026-01-01T12:00:00.123Z"));
        log.setMdc(Map.of("traceId", "4bf92f", "message_id", "7"));
        log.setThrown(new IllegalStateException("why"));

        var line = new JsonLogFormatter("aegis-worker").format(log);

        assertThat(line.trim()).hasLineCount(1);
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.get("timestamp").asText()).isEqualTo("2026-01-01T12:00:00.123Z");
        assertThat(json.get("level").asText()).isEqualTo("WARN");
        assertThat(json.get("service").asText()).isEqualTo("aegis-worker");
        assertThat(json.get("logger").asText()).isEqualTo("dev.aegis.startup");
        assertThat(json.get("message").asText()).isEqualTo("\"the database\"\nis away");
        assertThat(json.get("traceId").asText()).isEqualTo("4bf92f");
        assertThat(json.get("message_id").asText()).isEqualTo("7");
        assertThat(json.get("exception").asText()).startsWith("java.lang.IllegalStateException: why\n\tat ");
    }
}

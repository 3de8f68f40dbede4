package dev.aegis.platform.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * One JSON object a line. The log manager's own needs jakarta.json beside it in the boot class path, which each service would
 * have to arrange.
 */
final class JsonLogFormatter extends ExtFormatter {
    private final JsonFactory json = new JsonFactory();
    private final String service;

    JsonLogFormatter(String service) {
        this.service = service;
    }

    @Override
    public String format(ExtLogRecord log) {
        var line = new StringWriter();
        try (var object = json.createGenerator(line)) {
            write(log, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.append('\n').toString();
    }

    private void write(ExtLogRecord log, JsonGenerator object) throws IOException {
        object.writeStartObject();
        object.writeStringField("timestamp", log.getInstant().toString());
        object.writeStringField("level", log.getLevel().getName());
        object.writeStringField("service", service);
        object.writeStringField("logger", log.getLoggerName());
        object.writeStringField("thread", log.getThreadName());
        object.writeStringField("message", formatMessage(log));
        for (Map.Entry<String, String> context : log.getMdcCopy().entrySet()) {
            object.writeStringField(context.getKey(), context.getValue());
        }
        if (log.getThrown() != null) {
            object.writeStringField("exception", stackTrace(log.getThrown()));
        }
        object.writeEndObject();
    }

    private static String stackTrace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

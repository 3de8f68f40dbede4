package dev.aegis.messaging.internal.store;

import dev.aegis.messaging.OutgoingPostgresqlMetadata;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** Sets the parameters of a statement one after the other, each to the array of one property of all messages. */
final class Columns {

    private final PreparedStatement statement;
    private final List<NewMessage> messages;
    private int index;

    Columns(PreparedStatement statement, List<NewMessage> messages) {
        this.statement = statement;
        this.messages = messages;
    }

    void set(String type, Function<NewMessage, ?> property) throws SQLException {
        var values = messages.stream().map(property);
        // The driver takes binary values only as an array of their own class.
        var array = type.equals("bytea") ? values.toArray(byte[][]::new) : values.toArray();
        statement.setArray(++index, statement.getConnection().createArrayOf(type, array));
    }

    void setOption(String type, Function<OutgoingPostgresqlMetadata, ?> option) throws SQLException {
        set(type, message -> option.apply(message.options()));
    }
}

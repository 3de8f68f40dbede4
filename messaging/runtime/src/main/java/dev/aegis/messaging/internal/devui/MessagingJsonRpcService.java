package dev.aegis.messaging.internal.devui;

import dev.aegis.messaging.admin.DeadLetters;
import dev.aegis.messaging.admin.Queues;
import io.quarkus.runtime.annotations.JsonRpcDescription;
import io.smallrye.common.annotation.Blocking;
import java.util.List;

/** The methods that the page of the Dev UI calls. They wait for the database, on a worker thread. */
@Blocking
public class MessagingJsonRpcService {

    private static final int LISTED = 100;
    private static final int RESENT_AT_ONCE = 10_000;

    private final Queues queues;
    private final DeadLetters deadLetters;

    public MessagingJsonRpcService(Queues queues, DeadLetters deadLetters) {
        this.queues = queues;
        this.deadLetters = deadLetters;
    }

    @JsonRpcDescription("The queues with their numbers of messages and consumers, by name")
    public List<QueueRow> getQueues() {
        return queues.all().stream().map(QueueRow::of).toList();
    }

    @JsonRpcDescription("Pauses a queue for the whole cluster; messages that are being handled are finished")
    public boolean pause(@JsonRpcDescription("The name of the queue") String queue) {
        queues.pause(queue);
        return true;
    }

    @JsonRpcDescription("Resumes a paused queue")
    public boolean resume(@JsonRpcDescription("The name of the queue") String queue) {
        queues.resume(queue);
        return true;
    }

    @JsonRpcDescription("The latest 100 dead letters of a queue, the latest first")
    public List<DeadLetterRow> getDeadLetters(@JsonRpcDescription("The name of the queue") String queue) {
        return deadLetters.list(queue, LISTED).stream().map(DeadLetterRow::of).toList();
    }

    @JsonRpcDescription("Sends a dead letter again; false when there is none of that id")
    public boolean resend(@JsonRpcDescription("The id of the dead letter") long id) {
        return deadLetters.resend(id);
    }

    @JsonRpcDescription(
            "Sends the dead letters of a queue again, the oldest 10,000 of them; returns how many that were")
    public long resendAll(@JsonRpcDescription("The name of the queue") String queue) {
        return deadLetters.resendAll(queue, RESENT_AT_ONCE);
    }

    @JsonRpcDescription("Removes a dead letter; false when there is none of that id")
    public boolean drop(@JsonRpcDescription("The id of the dead letter") long id) {
        return deadLetters.drop(id);
    }
}

package dev.aegis.worker.broker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.utils.FileUtil;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** An ActiveMQ Artemis of the tests' own, which speaks AMQP 1.0 and keeps what it was given on disk. */
public class Artemis implements QuarkusTestResourceLifecycleManager {

    static final String ADDRESS = "inspections";

    private final AtomicReference<Doorkeeper> doorkeeper = new AtomicReference<>(message -> {});
    private @Nullable EmbeddedActiveMQ broker;
    private @Nullable Path journal;
    private int port;

    /** Sees each message before the broker takes it; may hold it up, or refuse it by an exception. */
    interface Doorkeeper {
        void admit(Message message) throws ActiveMQException;
    }

    /** Waits, but not for ever: a test that failed meanwhile opens nothing. */
    static void hold(CountDownLatch latch) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> latch.getCount() == 0);
    }

    /** Waits as long as clients may take to find the broker again. */
    static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    @Override
    public Map<String, String> start() {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
            journal = Files.createTempDirectory("artemis");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        run();
        return Map.of("amqp-host", "127.0.0.1", "amqp-port", Integer.toString(port));
    }

    @Override
    public void stop() {
        halt();
        if (journal != null) {
            FileUtil.deleteDirectory(journal.toFile());
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(Artemis.class));
    }

    /** Starts the broker with what it had. */
    void run() {
        try {
            broker = new EmbeddedActiveMQ().setConfiguration(configuration());
            broker.start();
        } catch (Exception e) {
            throw new IllegalStateException("Artemis does not start", e);
        }
    }

    /** Stops the broker; its connections end. */
    void halt() {
        try {
            if (broker != null) {
                broker.stop();
            }
        } catch (Exception e) {
            throw new IllegalStateException("Artemis does not stop", e);
        }
    }

    /** Ends all connections without a word. */
    void cutConnections() {
        if (broker != null) {
            broker.getActiveMQServer().getRemotingService().getConnections().forEach(connection -> connection
                    .getTransportConnection()
                    .forceClose());
        }
    }

    void setDoorkeeper(Doorkeeper next) {
        doorkeeper.set(next);
    }

    /** How many messages the broker has, with those that a handler is at. */
    long depth() {
        var queue = broker == null ? null : broker.getActiveMQServer().locateQueue(ADDRESS);
        return queue == null ? 0 : queue.getMessageCount();
    }

    private Configuration configuration() throws Exception {
        var configuration = new ConfigurationImpl()
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setJournalDirectory(journal + "/journal")
                .setBindingsDirectory(journal + "/bindings")
                .setLargeMessagesDirectory(journal + "/large")
                .setPagingDirectory(journal + "/paging")
                .addAcceptorConfiguration("amqp", "tcp://127.0.0.1:" + port + "?protocols=AMQP")
                .addAddressSetting("#", new AddressSettings().setMaxDeliveryAttempts(10))
                .addQueueConfiguration(QueueConfiguration.of(ADDRESS).setRoutingType(RoutingType.ANYCAST));
        configuration.registerBrokerPlugin(new ActiveMQServerMessagePlugin() {
            @Override
            public void beforeSend(
                    ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue)
                    throws ActiveMQException {
                doorkeeper.get().admit(message);
            }
        });
        return configuration;
    }
}

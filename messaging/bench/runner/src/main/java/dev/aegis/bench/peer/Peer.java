package dev.aegis.bench.peer;

/** A queue on PostgreSQL, in its fastest documented settings. */
interface Peer {

    /** What to do with a message. */
    @FunctionalInterface
    interface Work {
        void handle(String payload);
    }

    String version();

    /** Makes its tables. */
    void prepare() throws Exception;

    /** Makes messages wait, by the fastest call that it has for many. */
    void load(String kind, int count) throws Exception;

    /** Begins to handle what waits. */
    void start(String kind, Work work) throws Exception;

    /** Ends handling, when what is under way has ended. */
    void stop() throws Exception;

    /** Sends one message, durably. */
    void send(String payload) throws Exception;
}

package dev.aegis.bench.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection that is kept open from request to request, where the server does not close it. */
final class HttpConnection implements AutoCloseable {

    private static final int MAX_ANSWER = 64 * 1024;

    private final Selector selector;
    private final InetSocketAddress address;
    private final ByteBuffer received = ByteBuffer.allocate(MAX_ANSWER);
    private SocketChannel channel;
    private Exchange exchange;

    /** Connects, and sends the first request. */
    HttpConnection(Selector selector, int port, Exchange first) throws IOException {
        this.selector = selector;
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        channel = connect();
        exchange = first;
        send(first);
    }

    /** What was asked last. */
    Exchange exchange() {
        return exchange;
    }

    /** Takes what has arrived: the answer if that was its end, else null. */
    @Nullable HttpAnswer receive() throws IOException {
        if (channel.read(received) < 0) {
            throw new IOException("the server has closed a connection before it answered");
        }
        var answer = HttpAnswer.parse(received.array(), received.position());
        if (answer == null) {
            if (!received.hasRemaining()) {
                throw new IOException("an answer is longer than " + MAX_ANSWER + " bytes");
            }
            return null;
        }
        received.clear();
        if ("close".equalsIgnoreCase(answer.header("connection"))) {
            channel.close();
            channel = connect();
        }
        return answer;
    }

    void send(Exchange next) throws IOException {
        exchange = next;
        var request = ByteBuffer.wrap(next.request());
        while (request.hasRemaining()) {
            channel.write(request);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private SocketChannel connect() throws IOException {
        var connected = SocketChannel.open(address);
        connected.setOption(StandardSocketOptions.TCP_NODELAY, true);
        connected.configureBlocking(false);
        connected.register(selector, SelectionKey.OP_READ, this);
        return connected;
    }
}

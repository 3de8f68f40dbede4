package dev.aegis.bench.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Answers whatever it is asked with the same bytes at once, to show what the client can do. */
public final class NoOpServer implements AutoCloseable {

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}".getBytes(ISO_8859_1);

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final ByteBuffer request = ByteBuffer.allocate(16 * 1024);

    private NoOpServer(Selector selector, ServerSocketChannel listener) {
        this.selector = selector;
        this.listener = listener;
    }

    public static NoOpServer start() {
        try {
            var selector = Selector.open();
            var listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            var server = new NoOpServer(selector, listener);
            var thread = new Thread(server::serve, "no-op-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    @Override
    public void close() {
        try {
            selector.close();
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        try {
            while (true) {
                selector.select();
                for (var key : selector.selectedKeys()) {
                    if (key.isAcceptable()) {
                        accept();
                    } else {
                        answer((SocketChannel) key.channel());
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException e) {
            // The end.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        var channel = listener.accept();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** The client writes a request in one piece, so what can be read is one. */
    private void answer(SocketChannel channel) throws IOException {
        request.clear();
        if (channel.read(request) < 0) {
            channel.close();
            return;
        }
        var answer = ByteBuffer.wrap(ANSWER);
        while (answer.hasRemaining()) {
            channel.write(answer);
        }
    }
}

package dev.aegis.messaging.internal.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;
import org.postgresql.Driver;

/**
 * Sockets on which looking for more input does not wait. After each notification the driver looks whether another one has
 * come, by a read with a timeout of a millisecond, and hands the first one over only when that is over: a third of the
 * time that a message is under way.
 */
public final class PromptSocketFactory extends SocketFactory {

    @Override
    public Socket createSocket() {
        return new PromptSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("the driver connects its sockets itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("the driver connects its sockets itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("the driver connects its sockets itself");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException("the driver connects its sockets itself");
    }

    /** Whether the driver can load this class. In tests and live reload it may come from another loader than ours. */
    static boolean isKnownToTheDriver() {
        try {
            return Class.forName(PromptSocketFactory.class.getName(), false, Driver.class.getClassLoader())
                    == PromptSocketFactory.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static final class PromptSocket extends Socket {

        private static final int TIMEOUT_OF_LOOKING = 1;

        private volatile boolean looking;

        @Override
        public void setSoTimeout(int timeout) throws SocketException {
            looking = timeout == TIMEOUT_OF_LOOKING;
            super.setSoTimeout(timeout);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    if (looking && in.available() == 0) {
                        throw new SocketTimeoutException("nothing is there");
                    }
                    return in.read(buffer, offset, length);
                }
            };
        }
    }
}

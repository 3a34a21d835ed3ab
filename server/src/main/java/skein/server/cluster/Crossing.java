package skein.server.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** One connection through a {@link LocalNetwork}: two sockets, and bytes that wait while the link is cut. */
final class Crossing {
    private static final int BUFFER_BYTES = 32 << 10;
    private static final int CONNECT_MILLIS = 2_000;

    private final Socket client;
    private final Socket server = new Socket();
    private final InetSocketAddress address;
    private final BooleanSupplier cutForth;
    private final BooleanSupplier cutBack;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean over;

    /**
     * @param cutForth whether what the client sends arrives nowhere
     * @param cutBack the same of what it is sent
     */
    Crossing(Socket client, InetSocketAddress address, BooleanSupplier cutForth, BooleanSupplier cutBack) {
        this.client = client;
        this.address = address;
        this.cutForth = cutForth;
        this.cutBack = cutBack;
    }

    /** Until the connection is over. */
    void lead() {
        try {
            if (awaitWhole(() -> cutForth.getAsBoolean() || cutBack.getAsBoolean())) {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                server.connect(address, CONNECT_MILLIS);
                Thread back = Thread.ofVirtual().start(() -> pass(server, client, cutBack));
                pass(client, server, cutForth);
                back.join();
            }
        } catch (IOException e) {
            // nobody listens there: the caller is told by the end of its connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void pass(Socket from, Socket to, BooleanSupplier cut) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            for (int size = input.read(buffer); size >= 0; size = input.read(buffer)) {
                if (!awaitWhole(cut)) {
                    return;
                }
                output.write(buffer, 0, size);
            }
            if (awaitWhole(cut)) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            endWhenWhole(cut);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** That one side has gone is not heard over a cut link either. */
    private void endWhenWhole(BooleanSupplier cut) {
        try {
            boolean _ = awaitWhole(cut);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    /** False when the connection is over. */
    private boolean awaitWhole(BooleanSupplier cut) throws InterruptedException {
        lock.lock();
        try {
            while (!over && cut.getAsBoolean()) {
                changed.await();
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }

    /** The link may have been cut or healed. */
    void look() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        closeQuietly(client);
        closeQuietly(server);
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

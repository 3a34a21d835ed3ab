package skein.hostile;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import skein.vocabulary.HostPort;

/**
 * Many connections that misbehave, each on a thread and opened again when it has ended, from fifty addresses, until
 * closed.
 */
final class Flood implements AutoCloseable {
    private static final int ADDRESSES = 50;

    /** What one connection does in its life; an exception ends it too. */
    interface Attack {
        void on(Socket socket, int number) throws IOException;
    }

    private final HostPort target;
    private final Attack attack;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean stopped;

    Flood(HostPort target, int connections, Attack attack) {
        this.target = target;
        this.attack = attack;
        for (int i = 0; i < connections; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> repeat(number)));
        }
    }

    private void repeat(int number) {
        while (!stopped) {
            try (Socket socket = new Socket()) {
                sockets.add(socket);
                socket.bind(new InetSocketAddress(
                        InetAddress.getByAddress(new byte[] {127, 0, (byte) (1 + number % ADDRESSES), 7}), 0));
                socket.connect(new InetSocketAddress(target.host(), target.port()));
                opened.incrementAndGet();
                attack.on(socket, number);
            } catch (IOException e) {
                refused.incrementAndGet();
            }
        }
    }

    /** Connections opened so far. */
    long opened() {
        return opened.get();
    }

    /** Connections that the server ended while the client still had something to say. */
    long refused() {
        return refused.get();
    }

    @Override
    public void close() {
        stopped = true;
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            sockets.forEach(Flood::closeQuietly);
            return threads.stream().noneMatch(Thread::isAlive);
        });
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed one way or the other
        }
    }
}

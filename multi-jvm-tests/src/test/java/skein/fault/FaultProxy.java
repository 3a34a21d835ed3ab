package skein.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import skein.vocabulary.HostPort;

/**
 * Stands before a server that others reach by this proxy's address, and is as bad a network as it is told to be. New
 * weather holds from then on, for connections that are open too; what was cut or swallowed does not come back. On
 * virtual threads. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    /** How a new connection is received. */
    public enum Door {
        /** It is led to the server. */
        OPEN,
        /** It is accepted, and everything sent on it is swallowed: half open, as behind a firewall that forgets. */
        SWALLOWING,
        /** It is reset at once. */
        SHUT
    }

    private static final int CONNECT_MILLIS = 2_000;
    private static final int BACKLOG = 256;

    private final HostPort server;
    private final ServerSocket listening;
    private final long seed;
    private final AtomicLong accepted = new AtomicLong();
    private final Air forth = new Air();
    private final Air back = new Air();
    private final Set<Crossing> crossings = ConcurrentHashMap.newKeySet();
    private volatile Door door = Door.OPEN;

    /** @param seed of the jitter */
    public FaultProxy(HostPort server, long seed) {
        this.server = server;
        this.seed = seed;
        try {
            this.listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fault-proxy").start(this::accept);
    }

    /** Where to connect instead of the server. */
    public HostPort address() {
        return new HostPort("127.0.0.1", listening.getLocalPort());
    }

    /** How many connections have come so far, whatever became of them. */
    public long accepted() {
        return accepted.get();
    }

    /** The weather in both directions. */
    public void weather(Weather weather) {
        forth(weather);
        back(weather);
    }

    /** From those who connect to the server. */
    public void forth(Weather weather) {
        forth.become(weather);
    }

    /** From the server to those who connect. */
    public void back(Weather weather) {
        back.become(weather);
    }

    /** Who comes from now on is received like this. */
    public void door(Door next) {
        door = next;
    }

    /** Ends every connection with a reset. */
    public void reset() {
        crossings.forEach(Crossing::reset);
    }

    /** No connection stays and none is made. */
    public void cut() {
        door(Door.SHUT);
        reset();
    }

    /** Connections stay open and lead nowhere, as do new ones; they never come back to life. */
    public void halfOpen() {
        door(Door.SWALLOWING);
        crossings.forEach(Crossing::leadNowhere);
    }

    /** Good weather, open door; what leads nowhere is ended. */
    public void heal() {
        door(Door.OPEN);
        crossings.stream().filter(crossing -> crossing.nowhere).forEach(Crossing::reset);
        weather(Weather.CLEAR);
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                long number = accepted.incrementAndGet();
                Thread.ofVirtual().name("fault-proxy-" + number).start(() -> receive(client, number));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void receive(Socket client, long number) {
        Crossing crossing = new Crossing(client, new Socket());
        crossings.add(crossing);
        try {
            client.setTcpNoDelay(true);
            switch (door) {
                case OPEN -> crossing.lead(number);
                case SWALLOWING -> crossing.swallow();
                case SHUT -> crossing.reset();
            }
        } catch (IOException e) {
            crossing.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            crossing.reset();
            crossings.remove(crossing);
        }
    }

    /** A connection and the one that it was led to. */
    private final class Crossing implements Air.Ending {
        private final Socket client;
        private final Socket behind;
        private volatile boolean over;
        private volatile boolean nowhere;

        Crossing(Socket client, Socket behind) {
            this.client = client;
            this.behind = behind;
        }

        void lead(long number) throws IOException, InterruptedException {
            if (!forth.awaitSound(this)) {
                return;
            }
            behind.setTcpNoDelay(true);
            behind.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_MILLIS);
            Passage out = new Passage(client, behind, forth, this, seed ^ number);
            Passage home = new Passage(behind, client, back, this, seed ^ -number);
            Thread[] threads = {
                start(out::read), start(home::read), start(out::write), start(home::write),
            };
            for (Thread thread : threads) {
                thread.join();
            }
        }

        /** The server is gone for this client, which hears nothing of it. */
        void leadNowhere() {
            nowhere = true;
            over = true;
            closeQuietly(behind);
            stir();
        }

        void swallow() throws IOException {
            nowhere = true;
            InputStream input = client.getInputStream();
            byte[] unread = new byte[1 << 12];
            int size = input.read(unread);
            while (size >= 0) {
                size = input.read(unread);
            }
        }

        void reset() {
            over = true;
            resetQuietly(client);
            resetQuietly(behind);
            stir();
        }

        private void stir() {
            forth.stir();
            back.stir();
        }

        @Override
        public boolean isOver() {
            return over;
        }
    }

    /** Something that waits. */
    private interface Work {
        void run() throws InterruptedException;
    }

    private static Thread start(Work work) {
        return Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Without lingering a close is a reset. */
    private static void resetQuietly(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            reset();
        }
    }
}

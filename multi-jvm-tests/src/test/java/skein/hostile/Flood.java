package skein.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.HostPort;

/**
 * Many connections that misbehave, each on a thread and opened again when it has ended, from fifty addresses, until the
 * process ends.
 */
final class Flood {
    private static final int ADDRESSES = 50;

    /** What one connection does in its life; an exception ends it too. */
    interface Attack {
        void on(Socket socket, int number) throws IOException;
    }

    private final HostPort target;
    private final Attack attack;
    private final @Nullable Pace pace;
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    Flood(HostPort target, AttackKind kind) {
        this.target = target;
        this.attack = kind.attack();
        this.pace = kind.livesPerSecond() == 0 ? null : new Pace(kind.livesPerSecond());
        for (int i = 0; i < kind.connections(); i++) {
            int number = i;
            Thread.ofVirtual().start(() -> repeat(number));
        }
    }

    private void repeat(int number) {
        try {
            while (true) {
                if (pace != null) {
                    pace.awaitTurn();
                }
                live(number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void live(int number) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {127, 0, (byte) (1 + number % ADDRESSES), 7}), 0));
            socket.connect(new InetSocketAddress(target.host(), target.port()));
            opened.incrementAndGet();
            attack.on(socket, number);
            ended.incrementAndGet();
        } catch (IOException e) {
            refused.incrementAndGet();
        }
    }

    Counts counts() {
        return new Counts(opened.get(), ended.get(), refused.get());
    }

    /**
     * So far.
     *
     * @param opened connections
     * @param ended connections that did all that they were meant to do, and heard what was to be heard
     * @param refused connections that the server ended while the client still had something to say
     */
    record Counts(long opened, long ended, long refused) {
        Counts since(Counts before) {
            return new Counts(opened - before.opened, ended - before.ended, refused - before.refused);
        }

        String line() {
            return opened + " " + ended + " " + refused;
        }

        static Counts parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Counts(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }
    }
}

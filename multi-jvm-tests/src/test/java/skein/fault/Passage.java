package skein.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The bytes of one direction of one connection: one thread reads and says when each piece is due, another waits for
 * that and for the weather and writes. What is under way is bounded, so that a slow link pushes back on the sender.
 */
final class Passage {
    private static final int PIECES_MAX = 64;
    private static final int PIECE_BYTES = 16 << 10;
    private static final byte[] END = new byte[0];

    private record Piece(byte[] bytes, long dueNanos) {}

    private final Socket from;
    private final Socket to;
    private final Air air;
    private final Air.Ending ending;
    private final Random random;
    private final BlockingQueue<Piece> underWay = new ArrayBlockingQueue<>(PIECES_MAX);

    Passage(Socket from, Socket to, Air air, Air.Ending ending, long seed) {
        this.from = from;
        this.to = to;
        this.air = air;
        this.ending = ending;
        this.random = new Random(seed);
    }

    /** For the reading thread. */
    void read() throws InterruptedException {
        long due = System.nanoTime();
        try {
            InputStream input = from.getInputStream();
            byte[] buffer = new byte[PIECE_BYTES];
            for (int size = input.read(buffer); size >= 0; size = input.read(buffer)) {
                due = Math.max(due, System.nanoTime() + delayNanos());
                underWay.put(new Piece(Arrays.copyOf(buffer, size), due));
            }
        } catch (IOException e) {
            // the connection was closed or reset, which ends it for the other side too
        } finally {
            underWay.put(new Piece(END, due));
        }
    }

    private long delayNanos() {
        return air.weather() instanceof Weather.Delayed(Duration by, Duration jitter)
                ? Math.max(0, by.toNanos() + (long) (jitter.toNanos() * (random.nextDouble() * 2 - 1)))
                : 0;
    }

    /** For the writing thread; returns when everything was delivered or the connection is over. */
    void write() throws InterruptedException {
        try {
            OutputStream output = to.getOutputStream();
            for (Piece piece = underWay.take(); piece.bytes.length > 0; piece = underWay.take()) {
                air.until(piece.dueNanos, ending);
                deliver(piece.bytes, output);
            }
            if (air.awaitSound(ending)) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            // the receiver has gone
        }
    }

    private void deliver(byte[] bytes, OutputStream output) throws IOException, InterruptedException {
        for (int at = 0; at < bytes.length; ) {
            if (!air.awaitSound(ending)) {
                return;
            }
            int count = Math.min(bytes.length - at, portion());
            output.write(bytes, at, count);
            at += count;
            air.rest(pauseAfter(count), ending);
        }
    }

    private int portion() {
        return switch (air.weather()) {
            case Weather.Clear _, Weather.Silent _, Weather.Delayed _ -> PIECE_BYTES;
            // a hundredth of a second's worth, so that a slow link is slow and not jerky
            case Weather.Throttled(int bytesPerSecond) -> Math.max(1, bytesPerSecond / 100);
            case Weather.Dripping(int bytes, Duration _) -> bytes;
        };
    }

    private Duration pauseAfter(int bytes) {
        return switch (air.weather()) {
            case Weather.Clear _, Weather.Silent _, Weather.Delayed _ -> Duration.ZERO;
            case Weather.Throttled(int bytesPerSecond) -> Duration.ofNanos(bytes * 1_000_000_000L / bytesPerSecond);
            case Weather.Dripping(int _, Duration pause) -> pause;
        };
    }
}

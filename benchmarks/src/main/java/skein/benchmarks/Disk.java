package skein.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;

/** The physical limit beside which durable figures stand: appends that are each forced to the disk. */
public final class Disk {
    private static final int WRITE_BYTES = 256;

    private static final int MEBIBYTE = 1 << 20;
    private static final int FORCE_EVERY_MEBIBYTES = 32;

    private Disk() {}

    /** Appends and forces one write after another; answers how many per second. */
    public static double forcesPerSecond(Path directory, Duration time) throws IOException {
        Path file = directory.resolve("force.probe");
        long done = 0;
        long begin = System.nanoTime();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(WRITE_BYTES);
            while (System.nanoTime() - begin < time.toNanos()) {
                bytes.clear();
                channel.write(bytes);
                channel.force(false);
                done++;
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Files.delete(file);
        return done / seconds;
    }

    /** Writes one large file of noise, forced every 32 MiB and at its end; answers MiB per second. */
    public static double mebibytesPerSecond(Path directory, int mebibytes) throws IOException {
        Path file = directory.resolve("write.probe");
        byte[] noise = new byte[MEBIBYTE];
        new Random(1).nextBytes(noise);
        long begin = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int written = 1; written <= mebibytes; written++) {
                ByteBuffer bytes = ByteBuffer.wrap(noise);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                if (written % FORCE_EVERY_MEBIBYTES == 0 || written == mebibytes) {
                    channel.force(false);
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Files.delete(file);
        return mebibytes / seconds;
    }
}

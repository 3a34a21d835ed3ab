package skein.storage;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import skein.storage.log.LogRecord;
import skein.storage.wal.Platform;

/**
 * What the log holds beyond a state: read and decoded by a thread of its own while the caller applies. A few pieces may
 * wait between the two.
 */
final class LogTail {
    private static final int PIECES_WAITING_MAX = 8;

    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES_WAITING_MAX);
    private volatile boolean abandoned;

    private sealed interface Piece {
        record Records(List<LogRecord> records) implements Piece {}

        record Failed(Throwable cause) implements Piece {}
    }

    private LogTail() {}

    /**
     * Hands all records after one and up to another to the applier, in order.
     *
     * @param platform has the thread
     * @param read some records after an lsn, at least one, none after {@code lastLsn}
     */
    static void replay(
            Platform platform,
            long afterLsn,
            long lastLsn,
            LongFunction<List<LogRecord>> read,
            Consumer<List<LogRecord>> applier) {
        if (afterLsn >= lastLsn) {
            return;
        }
        List<LogRecord> first = read.apply(afterLsn);
        long reached = first.getLast().lsn();
        if (reached >= lastLsn) {
            applier.accept(first);
            return;
        }
        LogTail tail = new LogTail();
        Thread reader = platform.thread("skein-recovery-log", () -> tail.readAll(reached, lastLsn, read));
        reader.start();
        try {
            applier.accept(first);
            tail.applyAll(reached, lastLsn, applier);
        } finally {
            tail.abandoned = true;
            reader.interrupt();
        }
    }

    private void readAll(long afterLsn, long lastLsn, LongFunction<List<LogRecord>> read) {
        try {
            long reached = afterLsn;
            while (reached < lastLsn && !abandoned) {
                List<LogRecord> records = read.apply(reached);
                pieces.put(new Piece.Records(records));
                reached = records.getLast().lsn();
            }
        } catch (InterruptedException e) {
            // the applier has failed and says why
        } catch (RuntimeException | Error e) {
            pieces.clear();
            if (!pieces.offer(new Piece.Failed(e))) {
                throw e;
            }
        }
    }

    private void applyAll(long afterLsn, long lastLsn, Consumer<List<LogRecord>> applier) {
        long reached = afterLsn;
        while (reached < lastLsn) {
            switch (next()) {
                case Piece.Records(List<LogRecord> records) -> {
                    applier.accept(records);
                    reached = records.getLast().lsn();
                }
                case Piece.Failed(RuntimeException e) -> throw e;
                case Piece.Failed(Error e) -> throw e;
                case Piece.Failed(Throwable e) -> throw new IllegalStateException(e);
            }
        }
    }

    private Piece next() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return pieces.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package skein.bolt.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skein.bolt.message.BoltRequest;
import skein.vocabulary.Invariant;

/**
 * Requests that wait for the running job, oldest first. Immutable; adding and taking cost the same however many wait.
 */
public final class RequestQueue {
    public static final RequestQueue EMPTY = new RequestQueue(null, null, 0, 0);

    private final @Nullable Cell oldest;
    private final @Nullable Cell newest;
    private final int size;
    private final long bytes;

    private record Cell(
            ConnectionInput.Received entry, @Nullable Cell next) {}

    /** {@code oldest} is in order of taking, {@code newest} in reverse; together they are the queue. */
    private RequestQueue(@Nullable Cell oldest, @Nullable Cell newest, int size, long bytes) {
        this.oldest = oldest;
        this.newest = newest;
        this.size = size;
        this.bytes = bytes;
    }

    RequestQueue add(ConnectionInput.Received entry) {
        return new RequestQueue(oldest, new Cell(entry, newest), size + 1, bytes + entry.bytes());
    }

    BoltRequest first() {
        return turned().entry().request();
    }

    RequestQueue withoutFirst() {
        Cell first = turned();
        boolean turnedOver = oldest == null;
        return new RequestQueue(
                first.next(),
                turnedOver ? null : newest,
                size - 1,
                bytes - first.entry().bytes());
    }

    private Cell turned() {
        Cell front = oldest;
        if (front == null) {
            for (Cell cell = newest; cell != null; cell = cell.next()) {
                front = new Cell(cell.entry(), front);
            }
        }
        Invariant.check(front != null, "an empty queue has no first request");
        return Objects.requireNonNull(front);
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    /** Bytes of the waiting messages. */
    public long bytes() {
        return bytes;
    }
}

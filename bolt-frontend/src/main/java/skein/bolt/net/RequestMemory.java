package skein.bolt.net;

import java.util.concurrent.atomic.AtomicLong;

/** The heap that requests of all connections may take, received and decoded. Thread-safe. */
final class RequestMemory {
    private final long bytesMax;
    private final SharedMemory shared;
    private final AtomicLong used = new AtomicLong();

    /** @param shared from which everything is taken too */
    RequestMemory(long bytesMax, SharedMemory shared) {
        this.bytesMax = bytesMax;
        this.shared = shared;
    }

    /** False, and nothing taken, when there is no room. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= bytesMax && shared.reserve(bytes)) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
        shared.release(bytes);
    }

    long bytesMax() {
        return bytesMax;
    }

    long used() {
        return used.get();
    }
}

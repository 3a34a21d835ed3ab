package skein.replication;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The short way from sessions to a stream: whoever has put a record into the log says so here, and the stream hears it
 * once per burst, without a detour over the database's actor. Thread-safe.
 */
final class Growth {
    private final AtomicBoolean told = new AtomicBoolean();

    /** The log has grown. */
    void tell(ActorRef<ReplicaStream.Message> stream) {
        if (told.compareAndSet(false, true)) {
            stream.tell(new ReplicaStream.Grown());
        }
    }

    /** The stream looks at the log now; what comes after this is told again. */
    void heard() {
        told.set(false);
    }
}

package skein.replication;

import skein.replication.core.WriteGrant;

/**
 * What an instance may do with its clients' writes, all databases alike; sessions look at it before a write gets its
 * place in the log and before it is acknowledged. Thread-safe.
 */
public final class WriteLatch {
    private volatile WriteGrant grant;

    public WriteLatch(WriteGrant first) {
        this.grant = first;
    }

    /** From now on this holds: once it returns, no write begins that it does not allow. */
    public void set(WriteGrant next) {
        grant = next;
    }

    public WriteGrant grant() {
        return grant;
    }
}

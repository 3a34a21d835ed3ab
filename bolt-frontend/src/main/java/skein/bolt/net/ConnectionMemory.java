package skein.bolt.net;

import skein.bolt.core.ConnectionState;
import skein.bolt.core.Phase;
import skein.bolt.packstream.Allowance;
import skein.bolt.packstream.PackStreamException;
import skein.vocabulary.ErrorCode;

/**
 * What requests of one connection take of {@link RequestMemory}: in steps, beyond a little that everybody has, so that
 * ordinary requests cost no more than a comparison and are served however full the memory is. Used by the connection's
 * event loop only.
 */
final class ConnectionMemory implements Allowance {
    /** What every connection has. */
    private static final long OWN_BYTES = 16 * 1024;

    private static final long STEP_BYTES = 64 * 1024;
    private static final int MIB_BITS = 20;

    private final RequestMemory memory;
    private final long connectionBytesMax;
    private long used;
    /** Taken from the memory of all. */
    private long covered;
    /** Bytes of requests that are neither waiting nor done. */
    private long atWork;

    /** One connection may take three quarters of the memory at most: the others are to get something. */
    ConnectionMemory(RequestMemory memory) {
        this.memory = memory;
        this.connectionBytesMax = memory.bytesMax() / 4 * 3;
    }

    @Override
    public void take(long bytes) {
        long wanted = used + bytes - OWN_BYTES;
        if (wanted > covered) {
            cover(wanted);
        }
        used += bytes;
    }

    private void cover(long wanted) {
        long more = (wanted - covered + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
        if (wanted > connectionBytesMax) {
            throw PackStreamException.tooMuch(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The request takes more than the " + mib(connectionBytesMax) + " of memory that requests of one"
                            + " connection may take once they are read. Send fewer values at once, or set"
                            + " --bolt-request-memory-mib-max higher.");
        }
        if (!memory.take(more)) {
            throw PackStreamException.tooMuch(
                    ErrorCode.MEMORY_LIMIT,
                    "There is no memory for the request at this moment: requests of all connections take "
                            + mib(memory.used()) + " of at most " + mib(memory.bytesMax())
                            + ", and graphs and queries need theirs. Nothing was done. Send it again later, or send"
                            + " fewer values at once.");
        }
        covered += more;
    }

    @Override
    public void giveBack(long bytes) {
        used -= bytes;
        if (covered - Math.max(0, used - OWN_BYTES) >= 2 * STEP_BYTES) {
            uncover(Math.max(0, used - OWN_BYTES));
        }
    }

    private void uncover(long needed) {
        long kept = (needed + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
        if (kept < covered) {
            memory.giveBack(covered - kept);
            covered = kept;
        }
    }

    /**
     * Gives back what requests took that are done. The values of a query are in use until its result is drained.
     *
     * @param received what was added to what waits since {@code before}
     */
    void settle(ConnectionState before, long received, ConnectionState after) {
        long begun = before.queue().bytes() + received - after.queue().bytes();
        long nowAtWork = holdsResult(after.phase()) ? atWork + begun : after.running() == null ? 0 : begun;
        long done = atWork + begun - nowAtWork;
        atWork = nowAtWork;
        if (done != 0) {
            giveBack(done);
        }
    }

    private static boolean holdsResult(Phase phase) {
        return switch (phase) {
            case Phase.Streaming ignored -> true;
            case Phase.InTransaction transaction -> !transaction.openResults().isEmpty();
            case Phase.Negotiation _, Phase.Authentication _, Phase.Ready _ -> false;
            case Phase.Failed _, Phase.Expired _, Phase.Defunct _ -> false;
        };
    }

    /** The connection has ended. */
    void close() {
        used = 0;
        atWork = 0;
        uncover(0);
    }

    private static String mib(long bytes) {
        return (bytes >> MIB_BITS) + " MiB";
    }
}

package skein.bolt.net;

import java.util.function.BooleanSupplier;
import skein.bolt.message.ResponseWriter;
import skein.bolt.packstream.Dialect;
import skein.graph.Value;

/**
 * Collects rows into batches and sends each full one as soon as the gate lets it in. The last, not full one is left for
 * whoever sends the summary, so that both go out together. Used by the connection's own thread.
 */
final class RowBatch implements RowSink {
    private static final int BATCH_BYTES = 16 * 1024;

    private final ResponseWriter writer = new ResponseWriter();
    private final OutboundGate gate;
    private final BooleanSupplier cancelled;
    private final BatchWriter out;
    private Dialect dialect = Dialect.LEGACY;

    /**
     * Sends the first bytes of an array that is the caller's again on return, without waiting; calls {@code sent} when
     * they are off, one way or the other.
     */
    interface BatchWriter {
        void write(byte[] bytes, int length, Runnable sent);
    }

    RowBatch(OutboundGate gate, BooleanSupplier cancelled, BatchWriter out) {
        this.gate = gate;
        this.cancelled = cancelled;
        this.out = out;
    }

    void speak(Dialect newDialect) {
        dialect = newDialect;
    }

    @Override
    public boolean row(Value[] values) {
        writer.row(values, dialect);
        if (writer.size() < BATCH_BYTES) {
            return true;
        }
        boolean wanted = gate.enter(writer.size(), cancelled);
        writer.drainTo((bytes, length) -> {
            if (wanted) {
                out.write(bytes, length, () -> gate.leave(length));
            }
        });
        return wanted;
    }

    /** The rows not sent yet. */
    byte[] rest() {
        return writer.drain();
    }
}

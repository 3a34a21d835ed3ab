package skein.bolt.message;

import org.jspecify.annotations.Nullable;
import skein.bolt.packstream.ChunkWriter;
import skein.bolt.packstream.Dialect;
import skein.bolt.packstream.PackStreamWriter;
import skein.bolt.packstream.ValueWriter;
import skein.graph.Value;

/** Answers to framed bytes. Not thread-safe. */
public final class ResponseWriter {
    private final ChunkWriter chunks = new ChunkWriter();
    private @Nullable ValueWriter values;

    /** Adds a summary; its metadata holds no value that differs between dialects. */
    public void summary(BoltResponse response, BoltVersion version) {
        PackStreamWriter out = chunks.begin();
        switch (response) {
            case BoltResponse.Success(Value.MapValue metadata) -> {
                out.structure(Tag.SUCCESS, 1);
                new ValueWriter(out, Dialect.LEGACY).map(metadata.entries());
            }
            case BoltResponse.Failure failure -> {
                out.structure(Tag.FAILURE, 1);
                new ValueWriter(out, Dialect.LEGACY).map(failure.metadata(version));
            }
            case BoltResponse.Ignored ignored -> out.structure(Tag.IGNORED, 0);
        }
        chunks.end();
    }

    /** Adds a RECORD; when it throws, nothing of that row is left. */
    public void row(Value[] row, Dialect dialect) {
        PackStreamWriter out = chunks.begin();
        boolean complete = false;
        try {
            out.structure(Tag.RECORD, 1);
            out.list(row.length);
            ValueWriter writer = writer(out, dialect);
            for (Value value : row) {
                writer.value(value);
            }
            complete = true;
        } finally {
            if (!complete) {
                chunks.abandon();
            }
        }
        chunks.end();
    }

    private ValueWriter writer(PackStreamWriter out, Dialect dialect) {
        ValueWriter kept = values;
        if (kept == null || kept.dialect() != dialect) {
            kept = new ValueWriter(out, dialect);
            values = kept;
        }
        return kept;
    }

    /** Bytes waiting to be drained. */
    public int size() {
        return chunks.size();
    }

    /** As {@link #drain}, without an array of their own. */
    public void drainTo(ChunkWriter.Sink sink) {
        chunks.drainTo(sink);
    }

    public byte[] drain() {
        return chunks.drain();
    }
}

package skein.bolt.message;

import skein.bolt.packstream.ChunkWriter;
import skein.bolt.packstream.Dialect;
import skein.bolt.packstream.PackStreamWriter;
import skein.bolt.packstream.ValueWriter;
import skein.graph.Value;

/** Answers to framed bytes. Not thread-safe. */
public final class ResponseWriter {
    private final ChunkWriter chunks = new ChunkWriter();

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
    public void row(Value[] values, Dialect dialect) {
        PackStreamWriter out = chunks.begin();
        boolean complete = false;
        try {
            out.structure(Tag.RECORD, 1);
            out.list(values.length);
            ValueWriter writer = new ValueWriter(out, dialect);
            for (Value value : values) {
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

    /** Bytes waiting to be drained. */
    public int size() {
        return chunks.size();
    }

    public byte[] drain() {
        return chunks.drain();
    }
}

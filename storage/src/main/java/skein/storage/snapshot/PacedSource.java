package skein.storage.snapshot;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The blocks of another source, with rests between them. */
final class PacedSource implements BlockSource {
    private final BlockSource source;
    private final SnapshotPace pace;

    PacedSource(BlockSource source, SnapshotPace pace) {
        this.source = source;
        this.pace = pace;
    }

    @Override
    public @Nullable SnapshotBlock next() throws IOException {
        pace.rest();
        return source.next();
    }

    @Override
    public String describe(int number) {
        return source.describe(number);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}

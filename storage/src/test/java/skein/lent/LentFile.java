package skein.lent;

import java.io.IOException;
import java.nio.ByteBuffer;
import skein.storage.wal.LogFile;

/** Another file. */
public abstract class LentFile implements LogFile {
    private final LogFile lender;

    protected LentFile(LogFile lender) {
        this.lender = lender;
    }

    @Override
    public void writeAt(long offset, ByteBuffer bytes) throws IOException {
        lender.writeAt(offset, bytes);
    }

    @Override
    public int readAt(long offset, byte[] into, int at, int count) throws IOException {
        return lender.readAt(offset, into, at, count);
    }

    @Override
    public void force() throws IOException {
        lender.force();
    }

    @Override
    public long size() throws IOException {
        return lender.size();
    }

    @Override
    public void close() throws IOException {
        lender.close();
    }
}

package skein.lent;

import java.io.IOException;
import java.util.List;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogFile;

/** Another disk, with files of its own making. */
public abstract class LentDisk implements LogDisk {
    private final LogDisk lender;

    protected LentDisk(LogDisk lender) {
        this.lender = lender;
    }

    /** What is given out for a file of the lender's. */
    protected abstract LogFile lent(LogFile file);

    @Override
    public List<String> list() throws IOException {
        return lender.list();
    }

    @Override
    public LogFile create(String name) throws IOException {
        return lent(lender.create(name));
    }

    @Override
    public LogFile open(String name) throws IOException {
        return lent(lender.open(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        lender.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        lender.delete(name);
    }

    @Override
    public void forceDirectory() throws IOException {
        lender.forceDirectory();
    }

    @Override
    public String describe(String name) {
        return lender.describe(name);
    }
}

package skein.bolt.packstream;

import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;

/** An allowance of so many bytes. */
public final class Purse implements Allowance {
    private final long max;
    private long taken;

    public Purse(long max) {
        this.max = max;
    }

    @Override
    public void take(long bytes) {
        if (taken + bytes > max) {
            throw PackStreamException.tooMuch(ErrorCode.MEMORY_LIMIT, "nothing left");
        }
        taken += bytes;
    }

    @Override
    public void giveBack(long bytes) {
        taken -= bytes;
        Invariant.check(taken >= 0, "%d bytes given back that were never taken", -taken);
    }

    public long taken() {
        return taken;
    }
}

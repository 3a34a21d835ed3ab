package skein.storage;

/**
 * How far a recovery has come.
 *
 * @param part what it is busy with
 * @param done of {@code total}, in the part's unit
 * @param perSecond since the part began
 */
public record RecoveryProgress(Part part, long done, long total, double perSecond) {
    /** What recovery does, in this order. */
    public enum Part {
        /** Reading a snapshot; counted in bytes. */
        SNAPSHOT("bytes of the snapshot"),
        /** Applying what the log holds beyond it; counted in records. */
        LOG("log records");

        private final String unit;

        Part(String unit) {
            this.unit = unit;
        }

        /** For people. */
        public String unit() {
            return unit;
        }
    }

    /** 0 to 100. */
    public int percent() {
        return total == 0 ? 100 : (int) (100 * done / total);
    }

    /** At the rate so far; 0 when it is not known. */
    public long secondsLeft() {
        return perSecond > 0 ? Math.round((total - done) / perSecond) : 0;
    }
}

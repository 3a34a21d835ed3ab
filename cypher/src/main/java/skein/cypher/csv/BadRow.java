package skein.cypher.csv;

import skein.vocabulary.SkeinException;

/** Text that is no row, behind which reading can go on: see {@link CsvReader#skipLine}. */
public final class BadRow extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SkeinException failure;

    BadRow(SkeinException failure) {
        super(failure.getMessage(), failure, false, false);
        this.failure = failure;
    }

    /** What to tell whoever does not want to go on. */
    public SkeinException failure() {
        return failure;
    }
}

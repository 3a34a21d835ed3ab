package skein.simulation.rules;

/**
 * One start of a MAIN.
 *
 * @param tenure the number that the promotion took; restarts keep it
 * @param tie tells apart two promotions that took the same number
 * @param number highest seen + 1, at a promotion and at every restart
 */
record Epoch(long tenure, long tie, long number) {
    static final Epoch NONE = new Epoch(0, 0, 0);

    /** The order of the rules: whoever was promoted later, then whoever started later. */
    static int compare(Epoch a, Epoch b) {
        int byTenure = Long.compare(a.tenure, b.tenure);
        int byTie = byTenure != 0 ? byTenure : Long.compare(a.tie, b.tie);
        return byTie != 0 ? byTie : Long.compare(a.number, b.number);
    }

    /** Equal numbers are not ordered: the longer tail is the better one then. */
    static int compareNumbers(Epoch a, Epoch b) {
        return Long.compare(a.number, b.number);
    }

    @Override
    public String toString() {
        return tenure + "/" + number + (tie == 0 ? "" : "." + Long.toHexString(tie & 0xff));
    }
}

package skein.failover;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import skein.history.SetHistory;

/** What a campaign of failovers showed, mode by mode. */
final class FailoverReport {
    private final List<Row> rows = new CopyOnWriteArrayList<>();

    Row begin(String mode) {
        Row row = new Row(mode);
        rows.add(row);
        return row;
    }

    /** One mode. */
    static final class Row {
        private static final int HUNDRED = 100;

        private final String mode;
        private final Map<Strike, Integer> strikes = new EnumMap<>(Strike.class);
        private final List<Long> gaps = new CopyOnWriteArrayList<>();
        private long failovers;
        private SetHistory.Verdict verdict;
        private int secondWriters;
        private int looks;

        private Row(String mode) {
            this.mode = mode;
            this.verdict = new SetHistory(List.of(), List.of()).check();
        }

        /** @param reigns appointments since the strike */
        void struck(Strike strike, long gapNanos, long reigns) {
            strikes.merge(strike, 1, Integer::sum);
            failovers += reigns;
            gaps.add(TimeUnit.NANOSECONDS.toMillis(gapNanos));
        }

        int strikes() {
            return strikes.values().stream().mapToInt(Integer::intValue).sum();
        }

        long failovers() {
            return failovers;
        }

        void judged(SetHistory.Verdict found, RoutingWatch watch) {
            verdict = found;
            secondWriters = watch.secondWriters().size();
            looks = watch.looks();
        }

        long committed() {
            return verdict.outcomes().committed();
        }

        private long gap(int percent) {
            List<Long> sorted = gaps.stream().sorted().toList();
            return sorted.isEmpty() ? -1 : sorted.get((int) Math.ceil((double) percent / HUNDRED * sorted.size()) - 1);
        }

        @Override
        public String toString() {
            return ("%-11s %,5d failovers (%s); inserts: %,d acknowledged, %,d refused, %,d unknown or warned about;"
                            + " lost %d, refused and there %d, twice %d; second writers %d in %,d looks;"
                            + " to the first write: p50 %,d ms, p99 %,d ms")
                    .formatted(
                            mode,
                            failovers,
                            strikes,
                            verdict.outcomes().committed(),
                            verdict.outcomes().failed(),
                            verdict.outcomes().unknown(),
                            verdict.lost().size(),
                            verdict.reappeared().size(),
                            verdict.doubled().size(),
                            secondWriters,
                            looks,
                            gap(50),
                            gap(99));
        }
    }

    @Override
    public String toString() {
        return "failovers:\n" + rows.stream().map(row -> "  " + row + "\n").collect(Collectors.joining());
    }
}

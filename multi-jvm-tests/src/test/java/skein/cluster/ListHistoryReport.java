package skein.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import skein.history.Isolation;
import skein.history.Outcomes;
import skein.history.Transaction;
import skein.history.Transaction.Outcome;
import skein.history.Verdict;

/** What histories of lists showed, mode by mode and all together. Thread-safe. */
final class ListHistoryReport {
    private final List<Row> rows = new CopyOnWriteArrayList<>();

    /**
     * One mode.
     *
     * @param promised to the clients that write; reads on replicas are snapshots
     * @param written what the writing clients did
     * @param together with the reads on replicas
     * @param meanwhile of those who wrote, while a fault was on
     */
    record Row(
            String mode,
            Isolation promised,
            Verdict written,
            Verdict together,
            Outcomes meanwhile,
            int faults,
            long tookNanos) {
        private long violations() {
            return (long) written.violations(promised).size()
                    + together.violations(Isolation.SNAPSHOT).size();
        }

        @Override
        public String toString() {
            return ("%-11s %,8d transactions, %,8d while faults were on: %s; %,d faults, %,d reads on replicas,"
                            + " %,d dependencies, found %s, forbidden %d, %d s")
                    .formatted(
                            mode,
                            written.outcomes().all(),
                            meanwhile.all(),
                            words(meanwhile),
                            faults,
                            together.outcomes().all() - written.outcomes().all(),
                            together.dependencies(),
                            kinds(together),
                            violations(),
                            TimeUnit.NANOSECONDS.toSeconds(tookNanos));
        }
    }

    private static String kinds(Verdict verdict) {
        return verdict.anomalies().isEmpty()
                ? "nothing"
                : verdict.anomalies().stream()
                        .map(kind -> kind + " " + verdict.count(kind))
                        .collect(Collectors.joining(", "));
    }

    private static String words(Outcomes outcomes) {
        return "%,d committed (%d %%), %,d refused, %,d unknown"
                .formatted(
                        outcomes.committed(),
                        outcomes.all() == 0 ? 0 : 100 * outcomes.committed() / outcomes.all(),
                        outcomes.failed(),
                        outcomes.unknown());
    }

    static Outcomes outcomes(List<Transaction> transactions) {
        return new Outcomes(
                count(transactions, Outcome.COMMITTED),
                count(transactions, Outcome.FAILED),
                count(transactions, Outcome.UNKNOWN));
    }

    private static int count(List<Transaction> transactions, Outcome outcome) {
        return (int) transactions.stream()
                .filter(transaction -> transaction.outcome() == outcome)
                .count();
    }

    void add(Row row) {
        rows.add(row);
    }

    @Override
    public String toString() {
        Outcomes all = sum(rows.stream().map(row -> row.written().outcomes()).toList());
        Outcomes meanwhile = sum(rows.stream().map(Row::meanwhile).toList());
        long violations = rows.stream().mapToLong(Row::violations).sum();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(
                rows.stream().mapToLong(Row::tookNanos).sum());
        return "list-append over Bolt:\n"
                + rows.stream().map(row -> "  " + row + "\n").collect(Collectors.joining())
                + "  all         %,8d transactions: %s\n".formatted(all.all(), words(all))
                + "              %,8d while faults were on: %s\n".formatted(meanwhile.all(), words(meanwhile))
                + "  forbidden anomalies: %d; %d s".formatted(violations, seconds);
    }

    private static Outcomes sum(List<Outcomes> all) {
        return new Outcomes(
                all.stream().mapToInt(Outcomes::committed).sum(),
                all.stream().mapToInt(Outcomes::failed).sum(),
                all.stream().mapToInt(Outcomes::unknown).sum());
    }
}

package skein.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skein.history.Transaction.Outcome;

/**
 * Accounts between which money moves, one transfer a transaction, and reads of all of them at once, on any node. Every
 * read must see the same number of accounts with the same sum, none below zero; and a session whose reads carry
 * bookmarks never goes back.
 *
 * @param accounts how many there are
 * @param sum of all balances, from the beginning to the end
 * @param transfers as their clients saw them
 * @param reads in the order in which each session made them
 */
public record BankHistory(int accounts, long sum, List<Outcome> transfers, List<Read> reads) {
    public BankHistory {
        transfers = List.copyOf(transfers);
        reads = List.copyOf(reads);
    }

    /**
     * All accounts as one transaction saw them.
     *
     * @param session who read; one session reads one thing after the other
     * @param node which instance answered
     * @param position a number that every transfer raises, read in the same transaction; negative when there is none
     */
    public record Read(int session, String node, long position, List<Long> balances) {
        public Read {
            balances = List.copyOf(balances);
        }
    }

    /** @param problems in words, in the order of the reads */
    public record Verdict(Outcomes outcomes, List<String> problems) {
        public boolean isClean() {
            return problems.isEmpty();
        }
    }

    public Verdict check() {
        List<String> problems = new ArrayList<>();
        Map<Integer, Long> positions = new HashMap<>();
        for (int i = 0; i < reads.size(); i++) {
            Read read = reads.get(i);
            String where = "read %d (session %d on %s)".formatted(i, read.session(), read.node());
            if (read.balances().size() != accounts) {
                problems.add("%s saw %d accounts of %d"
                        .formatted(where, read.balances().size(), accounts));
            }
            long seen = read.balances().stream().mapToLong(Long::longValue).sum();
            if (seen != sum) {
                problems.add("%s saw the sum %d instead of %d: %s".formatted(where, seen, sum, read.balances()));
            }
            read.balances().stream()
                    .filter(balance -> balance < 0)
                    .findFirst()
                    .ifPresent(balance -> problems.add("%s saw an account at %d".formatted(where, balance)));
            long before = positions.merge(read.session(), read.position(), Math::max);
            if (read.position() >= 0 && read.position() < before) {
                problems.add("%s saw position %d after %d".formatted(where, read.position(), before));
            }
        }
        return new Verdict(Outcomes.of(transfers), problems);
    }
}
